import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkDocument } from '../../check/index.ts';
import { untidyDocument } from '../../test/untidy-documents.ts';
import { validDocument } from '../../test/valid-documents.ts';
import { newDocument } from '../new-document.ts';
import type { ModelClass, ModelDocument } from '../schema.ts';
import { findStructureProblems } from '../structure.ts';
import { addNote, annotationsOf } from './annotations.ts';
import { addClass } from './classes.ts';
import { EditError } from './edit-error.ts';
import { addField } from './fields.ts';
import { groupIntoClass } from './group.ts';
import { addCall, addMember, setRepeat } from './members.ts';
import { setAttributesWhere } from './settings.ts';
import { ungroup } from './ungroup.ts';

const at = { x: 0, y: 0 };

/** What a class is, whatever its wires are called. */
function meaning({ members, nodes, wires, probes, layout }: ModelClass): unknown {
  const ends = Object.values(wires)
    .map(({ from, to }) => `${from.node}.${from.port} → ${to.node}.${to.port}`)
    .sort();
  return { members, nodes, ends, layout, probes: [...probes].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

const innerOf = (document: ModelDocument) =>
  Object.values(document.classes['c1']!.nodes).filter((node) => node.kind !== 'input' && node.kind !== 'output');

it('gives back what was grouped: members, nodes, wires, probes and places, whatever the model', () => {
  let count = 0;
  fc.assert(
    fc.property(validDocument, fc.array(fc.nat(99), { minLength: 1, maxLength: 5 }), (document, which) => {
      const nodes = innerOf(document);
      const chosen = [...new Set(which.map((number) => nodes[number % nodes.length]?.id))].filter((id) => id !== undefined);
      let grouped;
      try {
        grouped = groupIntoClass(document, 'c1', chosen);
      } catch (error) {
        if (error instanceof EditError) return;
        throw error;
      }
      const back = ungroup(grouped.document, 'c1', grouped.node);
      count++;
      const [before, after] = [document.classes['c1']!, back.document.classes['c1']!];
      expect(Object.keys(back.document.classes)).toEqual(Object.keys(document.classes));
      const sorted = (modelClass: ModelClass) => ({
        ...modelClass,
        members: [...modelClass.members].sort((a, b) => (a.id < b.id ? -1 : 1)),
      });
      expect(meaning(sorted(after))).toEqual(meaning(sorted(before)));
    }),
    { seed: 5, numRuns: 150 },
  );
  expect(count).toBeGreaterThan(40);
});

it('writes what the fields of the class were given into its members, and keeps settings on them', () => {
  const block = addClass(newDocument(), { name: 'Block' });
  const field = addField(block.document, block.class, { name: 'width', type: 'int', default: 4 }).document;
  const linear = addMember(field, block.class, {
    type: 'Linear',
    args: { inFeatures: { $: 'width' }, outFeatures: { $: '2 * width' } },
    at,
  });
  const noted = addNote(linear.document, block.class, { text: 'Doubles', at }).document;
  const outer = addField(noted, 'c1', { name: 'size', type: 'int', default: 8 }).document;
  const called = addMember(outer, 'c1', { type: `class:${block.class}`, args: { width: { $: 'size + 1' } }, at });
  const only = { kind: 'modules', at: [[called.member, linear.member]] } as const;
  const set = setAttributesWhere(called.document, only, { useBias: false });
  const { document, annotations } = ungroup(set, 'c1', called.node);
  const [member] = document.classes['c1']!.members;
  expect(member).toMatchObject({ name: 'linear', args: { inFeatures: { $: 'size + 1' }, outFeatures: { $: '2 * (size + 1)' } } });
  expect(document.settings).toMatchObject([{ only: { kind: 'modules', at: [[member!.id]] } }]);
  expect(annotationsOf(document.classes['c1']!).map(({ id }) => id)).toEqual(annotations);
  expect(document.classes[block.class]).toBeUndefined();
  expect(checkDocument(document).problems.filter(({ code }) => code.startsWith('expression'))).toEqual([]);
});

it('leaves a class that is used elsewhere, and refuses what shares weights or is a list, with the next move', () => {
  const block = addClass(newDocument(), { name: 'Block' });
  const first = addMember(block.document, 'c1', { type: `class:${block.class}`, at });
  const second = addMember(first.document, 'c1', { type: `class:${block.class}`, at });
  expect(ungroup(second.document, 'c1', first.node).document.classes[block.class]).toBeDefined();
  const shared = addCall(second.document, 'c1', first.member, at).document;
  expect(() => ungroup(shared, 'c1', first.node)).toThrow('several, which share its weights');
  expect(() => ungroup(setRepeat(second.document, 'c1', first.member, 3), 'c1', first.node)).toThrow('a list of them');
  expect(() => ungroup(second.document, 'c1', 'n1')).toThrow('a call of a class');
});

it('takes aliases that lead nowhere or round in a circle along with their calls, and back: grouping makes no new fault', () => {
  const before = untidyDocument(30, { faulty: 0.2 });
  const root = before.classes['root']!;
  const inner = Object.values(root.nodes).flatMap(({ id, kind }) => (kind === 'input' || kind === 'output' ? [] : [id]));
  const codes = (document: ModelDocument) => findStructureProblems(document).map(({ code }) => code);
  const grouped = groupIntoClass(before, 'root', inner);
  expect(codes(before)).toEqual(expect.arrayContaining(['alias/nowhere', 'member/unknown']));
  expect(codes(grouped.document).sort()).toEqual(codes(before).sort());
  const back = ungroup(grouped.document, 'root', grouped.node).document;
  expect(codes(back).sort()).toEqual(codes(before).sort());
  // One that is called outside, too, keeps the others where they are.
  const some = inner.filter((id) => id !== 'cyN');
  const called = addCall(before, 'root', 'cyB', { x: 0, y: 0 });
  expect(() => groupIntoClass(called.document, 'root', inner)).toThrow('every call of circleA');
  expect(codes(groupIntoClass(called.document, 'root', some).document).sort()).toEqual(codes(called.document).sort());
});
