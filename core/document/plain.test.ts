import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { validDocument } from '../test/valid-documents.ts';
import { documentFormat } from './format.ts';
import { withoutPlain } from './plain.ts';

type Json = Record<string, unknown>;

const issuesOf = (document: Json) => (v.safeParse(documentFormat, document).issues ?? []).map((each) => [v.getDotPath(each), each.message]);

/** All objects and lists in a value. */
function holders(value: unknown): readonly Json[] {
  return typeof value === 'object' && value !== null ? [value as Json, ...Object.values(value).flatMap(holders)] : [];
}

it.each([8, 9, 10, 11])('leaves every fault of a document in its place, wherever something in it is damaged (seed %i)', (seed) => {
  const damage = fc.record({
    at: fc.nat(),
    key: fc.nat(),
    value: fc.constantFrom(undefined, null, 3, -1.5, 'x', '', '1d', 'toString', 'call', true, [], {}, { $: 'x' }),
    more: fc.constantFrom(undefined, 'constructor', 'ok', '-no', 'aliasOf', 'repeat'),
  });
  let faulty = 0;
  fc.assert(
    // A document costs more than damaging it: each is damaged in several ways.
    fc.property(
      validDocument,
      fc.array(fc.array(damage, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
      (document, ways) => {
        for (const damages of ways) {
          const copy = structuredClone(document) as unknown as Json;
          for (const { at, key, value, more } of damages) {
            const all = holders(copy.classes);
            const holder = all[at % all.length]!;
            const keys = Object.keys(holder);
            const name = more ?? keys[key % Math.max(1, keys.length)] ?? 'key';
            if (value === undefined) delete holder[name];
            else holder[name] = value;
          }
          const expected = issuesOf(copy);
          if (expected.length > 0) faulty++;
          expect(issuesOf(withoutPlain(copy) as Json)).toEqual(expected);
        }
      },
    ),
    { seed, numRuns: 25 },
  );
  expect(faulty).toBeGreaterThan(25);
});

it('leaves nothing of calls, wires, members and places that are as they should be', () => {
  const call = { id: 'n1', kind: 'call', member: 'm1' };
  const input = { id: 'n0', kind: 'input', name: 'x', order: 0, shape: null, dtype: 'float32' };
  const parts = {
    nodes: { n0: input, n1: call },
    wires: { w1: { id: 'w1', from: { node: 'n0', port: 'out' }, to: { node: 'n1', port: 'x' } } },
    members: [{ id: 'm1', name: 'a', type: 'Linear', args: {}, repeat: 2 }],
    layout: { n1: { x: 0, y: 0.5 } },
  };
  expect(withoutPlain({ classes: { c1: parts } })).toEqual({
    classes: { c1: { nodes: { n0: input }, wires: {}, members: [], layout: {} } },
  });
});
