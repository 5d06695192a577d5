import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/index.ts';
import { addClass, addNote, drain, parseDocument, setRepeat, type ModelDocument } from '../../../core/document/index.ts';
import { findText, indexText } from './find-text.ts';

function read(name: string): ModelDocument {
  const parsed = parseDocument(readFileSync(new URL(`../../../assets/examples/${name}`, import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error('The example cannot be read.');
  return parsed.document;
}
const digits = read('digits.espalier');
const search = (document: ModelDocument, text: string) => findText(drain(indexText(document, checkDocument(document))), text);
const find = (document: ModelDocument, text: string) => search(document, text).map(({ name }) => name);

it('finds by name, type, argument and shape, whatever the letters are', () => {
  expect(find(digits, 'LINEAR1')).toEqual(['linear1']);
  expect(find(digits, 'batchnorm')).toContain('batchNorm');
  expect(find(digits, 'rate=0.2')).toEqual(['dropout']);
  expect(find(digits, '(batch, 10)')).toEqual(expect.arrayContaining(['linear2']));
  expect(find(digits, 'linear outfeatures=32')).toEqual(['linear1']);
});

it('puts names that begin with the text before others, and finds nothing by nothing', () => {
  expect(find(digits, 'li').slice(0, 2)).toEqual(['linear1', 'linear2']);
  expect(find(digits, '  ')).toEqual([]);
  expect(find(digits, 'nothing has this')).toEqual([]);
});

it('looks into classes that are not open, and says the path', () => {
  const [inner] = search(read('block.espalier'), 'submodule.linear1');
  expect(inner).toMatchObject({ name: 'linear1', where: 'submodule.linear1', instance: ['submodule'] });
});

it('finds each use of a class by its path, and by anything else the first, with how many there are beside', () => {
  const block = read('block.espalier');
  const root = block.classes[block.root.class]!;
  const member = root.members.find(({ name }) => name === 'submodule')!;
  const many = setRepeat(block, root.id, member.id, 3);
  expect(search(many, 'submodule[2].linear1')[0]).toMatchObject({ where: 'submodule[2].linear1', instance: ['submodule', 2] });
  expect(search(many, 'linear1').find(({ instance }) => instance?.length === 2)).toMatchObject({
    where: 'submodule[0].linear1',
    beside: 2,
  });
});

it('says of a class that it is not used', () => {
  const unused = addClass(digits, { name: 'Spare' }).document;
  expect(search(unused, 'spare')[0]).toMatchObject({ name: 'Spare', where: 'Spare, not in use' });
});

it('finds notes by any of their words', () => {
  const noted = addNote(digits, digits.root.class, { text: 'Look here first\nthen at the dropout', at: { x: 0, y: 0 } }).document;
  expect(find(noted, 'then dropout')).toEqual(['Look here first']);
});
