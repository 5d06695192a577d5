import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/index.ts';
import { addMember, addNote, parseDocument, type ModelDocument } from '../../../core/document/index.ts';
import { findText } from './find-text.ts';

function read(name: string): ModelDocument {
  const parsed = parseDocument(readFileSync(new URL(`../../../assets/examples/${name}`, import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error('The example cannot be read.');
  return parsed.document;
}
const digits = read('digits.espalier');
const find = (document: ModelDocument, text: string) => findText(document, checkDocument(document), text).map(({ name }) => name);

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
  const model = read('block.espalier');
  const inner = findText(model, checkDocument(model), 'linear').find(({ where }) => where.includes('.'));
  expect(inner?.where).toMatch(/^\w+\.\w+$/);
  expect(inner?.class).not.toBe(model.root.class);
});

it('finds notes by any of their words', () => {
  const noted = addNote(digits, digits.root.class, { text: 'Look here first\nthen at the dropout', at: { x: 0, y: 0 } }).document;
  expect(find(noted, 'then dropout')).toEqual(['Look here first']);
});

it('finds what was added a moment ago', () => {
  const added = addMember(digits, digits.root.class, { type: 'Linear', name: 'brandNew', args: {}, at: { x: 0, y: 0 } }).document;
  expect(find(added, 'brandnew')).toEqual(['brandNew']);
});
