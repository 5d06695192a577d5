import { expect, it } from 'vitest';
import { findCommand } from './commands.ts';
import { PANELS } from './panels.ts';

const folders = Object.keys(import.meta.glob('../panels/*/panel.tsx')).map((path) => path.split('/').at(-2));

it('has one panel for each file, each under its own name, with its command', () => {
  expect(PANELS.map(({ id }) => id).sort()).toEqual(folders.sort());
  for (const { id, title } of PANELS) expect(findCommand(`show-${id}`)?.title).toBe(`Show ${title}`);
});
