import { expect, it } from 'vitest';
import { MIGRATIONS, migrate } from './migrate.ts';
import { VERSION } from './schema.ts';

it('has a row for every version before the present one, and none else', () => {
  expect(Object.keys(MIGRATIONS).map(Number)).toEqual(Array.from({ length: VERSION - 1 }, (_, i) => i + 1));
});

it('applies each step once, in order, and counts the version up', () => {
  const table = {
    1: (document: Readonly<Record<string, unknown>>) => ({ ...document, trail: ['one'] }),
    2: (document: Readonly<Record<string, unknown>>) => ({ ...document, trail: [...(document['trail'] as string[]), 'two'] }),
  };
  expect(migrate({ version: 1 }, 1, 3, table)).toEqual({ version: 3, trail: ['one', 'two'] });
  expect(migrate({ version: 2, trail: [] }, 2, 3, table)).toEqual({ version: 3, trail: ['two'] });
});

it('leaves a document of the present version as it is', () => {
  const document = { version: VERSION };
  expect(migrate(document, VERSION, VERSION)).toBe(document);
});
