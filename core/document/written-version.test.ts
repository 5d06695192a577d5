import { expect, it } from 'vitest';
import { newDocument } from './new-document.ts';
import { parseDocument } from './parse.ts';
import { writeDocument } from './write.ts';
import { tiedAutoencoder, tiedTable } from '../test/tied.ts';

it('is the oldest that says all, so that what uses nothing new opens in an older program', () => {
  expect(JSON.parse(writeDocument(newDocument()))).toMatchObject({ version: 2 });
  for (const document of [tiedAutoencoder(), tiedTable('attend')]) {
    const text = writeDocument(document);
    expect(JSON.parse(text)).toMatchObject({ version: 3 });
    const read = parseDocument(text);
    expect(read).toMatchObject({ ok: true, problems: [], document });
  }
});
