import { expect, it } from 'vitest';
import { example } from '../../test/examples.ts';
import { newDocument } from '../new-document.ts';
import { parseDocument } from '../parse.ts';
import type { ModelDocument } from '../schema.ts';
import { writeDocument } from '../write.ts';
import { bringDocument, documentOfClass } from './bring-document.ts';

const block = example('block');
const names = ({ classes }: ModelDocument) => Object.values(classes).map(({ name }) => name);

it('brings the root class with all that it needs, and leaves what is there as it was', () => {
  const before = newDocument();
  const brought = bringDocument(before, block, 'c1');
  expect(names(brought.document).sort()).toEqual(['Block', 'Model', 'SubModule']);
  expect(brought.document.classes['c1']).toBe(before.classes['c1']);
  expect(brought.document.classes[brought.type.slice('class:'.length)]!.name).toBe('Block');
});

it('brings nothing twice', () => {
  const once = bringDocument(newDocument(), block, 'c1');
  const twice = bringDocument(once.document, block, 'c1');
  expect(twice.type).toBe(once.type);
  expect(names(twice.document)).toEqual(names(once.document));
});

it('frees the name where another class has it', () => {
  const before = newDocument();
  const taken = { ...before, classes: { c1: { ...before.classes['c1']!, name: 'Block' } } };
  expect(names(bringDocument(taken, block, 'c1').document)).toContain('Block1');
});

it('brings classes apart where the open one is among them, so that none contains itself', () => {
  for (const into of Object.keys(block.classes)) {
    const brought = bringDocument(block, block, into);
    expect(Object.keys(block.classes)).not.toContain(brought.type.slice('class:'.length));
    expect(names(brought.document)).toHaveLength(4);
    expect(new Set(names(brought.document)).size).toBe(4);
  }
});

it('makes a sound document of a class, without what only the whole means', () => {
  const id = Object.values(block.classes).find(({ name }) => name === 'SubModule')!.id;
  const own = documentOfClass(block, id);
  expect(names(own)).toEqual(['SubModule']);
  const read = parseDocument(writeDocument(own));
  expect(read.ok && read.problems).toEqual([]);
});
