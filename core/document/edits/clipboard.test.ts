import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classIdOf } from '../find.ts';
import { newDocument } from '../new-document.ts';
import { findStructureProblems } from '../structure.ts';
import type { ModelClass, ModelDocument } from '../schema.ts';
import { addClass, renameClass } from './classes.ts';
import { copyNodes, paste } from './clipboard.ts';
import { readClipping, writeClipping } from './clipping-text.ts';
import { addMember } from './members.ts';

const at = { x: 0, y: 0 };

/** A document whose root calls a class `name` under the id c2, with one layer of that width in it. */
function withClass(name: string, width: number): ModelDocument {
  const { document, class: classId } = addClass(newDocument(), { name });
  const inside = addMember(document, classId, { type: 'Linear', args: { outFeatures: width }, at }).document;
  return addMember(inside, 'c1', { type: `class:${classId}`, at }).document;
}

const rootOf = (document: ModelDocument): ModelClass => document.classes['c1']!;
const callOf = (document: ModelDocument) => Object.values(rootOf(document).nodes).find((node) => node.kind === 'call')!.id;
const copyCall = (document: ModelDocument) => copyNodes(document, 'c1', [callOf(document)]);
/** The names of the classes of which the root has members, in order. */
const usedBy = (document: ModelDocument) => rootOf(document).members.map(({ type }) => document.classes[classIdOf(type)!]?.name);

describe('pasting in another document (E2)', () => {
  it('brings the class along, under an id of its own', () => {
    const [from, to] = [withClass('Block', 4), withClass('Encoder', 8)];
    expect(copyCall(from).classes.map(({ id }) => id)).toEqual(['c2']);
    const { document } = paste(to, 'c1', copyCall(from));
    expect(usedBy(document)).toEqual(['Encoder', 'Block']);
    expect(document.classes['c2']).toBe(to.classes['c2']);
    expect(findStructureProblems(document)).toEqual([]);
  });

  it('uses a class that is there with the same content, and gives another of the same name a new one', () => {
    const same = paste(withClass('Block', 4), 'c1', copyCall(withClass('Block', 4))).document;
    expect(Object.keys(same.classes)).toEqual(['c1', 'c2']);
    expect(usedBy(same)).toEqual(['Block', 'Block']);
    const other = paste(withClass('Block', 8), 'c1', copyCall(withClass('Block', 4))).document;
    expect(usedBy(other)).toEqual(['Block', 'Block1']);
    const twice = paste(other, 'c1', copyCall(withClass('Block', 4))).document;
    expect(usedBy(twice)).toEqual(['Block', 'Block1', 'Block1']);
  });

  it('brings the classes of a class, too', () => {
    const inner = withClass('Block', 4);
    const { document: outer, class: classId } = addClass(inner, { name: 'Stack' });
    const filled = addMember(outer, classId, { type: 'class:c2', at }).document;
    const from = addMember(filled, 'c1', { type: `class:${classId}`, at }).document;
    const clipping = copyNodes(from, 'c1', Object.keys(rootOf(from).nodes));
    const { document } = paste(withClass('Encoder', 8), 'c1', clipping);
    const stack = Object.values(document.classes).find(({ name }) => name === 'Stack')!;
    expect(document.classes[classIdOf(stack.members[0]!.type)!]!.name).toBe('Block');
    expect(findStructureProblems(document)).toEqual([]);
  });

  it('names two inputs apart', () => {
    const from = newDocument();
    const { document } = paste(from, 'c1', copyNodes(from, 'c1', ['n1']));
    const again = paste(document, 'c1', copyNodes(document, 'c1', ['n1', 'n3'])).document;
    const names = Object.values(rootOf(again).nodes).flatMap((node) => (node.kind === 'input' ? [node.name] : []));
    expect(new Set(names).size).toBe(4);
  });

  it('never takes a class for one that was missing', () => {
    const from = withClass('Block', 4);
    const broken = { ...from, classes: { c1: from.classes['c1']! } };
    const { document } = paste(withClass('Encoder', 8), 'c1', copyCall(broken));
    expect(usedBy(document)).toEqual(['Encoder', undefined]);
  });

  it('refuses what would make a class contain itself', () => {
    const document = withClass('Block', 4);
    expect(() => paste(document, 'c2', copyCall(document))).toThrow('Block would contain itself');
  });
});

it('pasting in its own document means the class as it is by now', () => {
  const document = withClass('Block', 4);
  const clipping = copyCall(document);
  const renamed = renameClass(document, 'c2', 'Renamed');
  expect(usedBy(paste(renamed, 'c1', clipping, { isOwn: true }).document)).toEqual(['Renamed', 'Renamed']);
});

describe('the text on the clipboard', () => {
  it('is a document that gives the same again', () => {
    const clipping = copyCall(withClass('Block', 4));
    expect(readClipping(writeClipping(clipping))).toEqual({ clipping });
  });

  it('of anything else is refused calmly', () => {
    for (const text of ['', 'hello', '{', '{"a": 1}', '[]', 'null']) {
      expect(readClipping(text)).toEqual({ message: 'The clipboard holds no part of a model. Copy nodes first.' });
    }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readClipping(text)).toHaveProperty('message');
      }),
      { seed: 5 },
    );
  });
});
