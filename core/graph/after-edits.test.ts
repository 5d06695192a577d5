import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disconnect } from '../document/edits/wires.ts';
import { orderNodes } from '../document/order.ts';
import type { ModelClass, ModelDocument } from '../document/schema.ts';
import { chain } from '../test/chain.ts';
import { EXAMPLES, example } from '../test/examples.ts';
import { applyRandomEdits } from '../test/random-edits.ts';
import { indexCalls } from './call-index.ts';
import { graphOf } from './graph-of.ts';
import { indexWires } from './wire-index.ts';

/** Everything that is answered of a class from an index. */
function answers(modelClass: ModelClass): unknown {
  const { nodes, wires, members } = modelClass;
  const [links, calls, order] = [indexWires(wires), indexCalls(nodes), orderNodes(modelClass)];
  const ends = new Set([...Object.keys(nodes), ...Object.values(wires).flatMap(({ from, to }) => [from.node, to.node])]);
  const graph = graphOf(modelClass);
  return {
    wires: [...ends].map((id) => [id, links.incoming.get(id) ?? [], links.outgoing.get(id) ?? []]),
    members: members.map(({ id }) => [id, graph.memberOf(id), graph.behind(id)]),
    calls: members.map(({ id }) => [id, calls.byName.get(id) ?? [], graph.callsOf(id)]),
    several: [...calls.several].sort(),
    order: order.nodes,
    stuck: [...order.stuck].sort(),
    useful: [...graph.usefulNodes].sort(),
  };
}

function expectAsAnew({ classes }: ModelDocument): void {
  for (const modelClass of Object.values(classes)) expect(answers(modelClass)).toEqual(answers(structuredClone(modelClass)));
}

/** By the definition: what is reached over any number of wires. */
function reached({ wires }: ModelClass, from: string): ReadonlySet<string> {
  const found = new Set([from]);
  for (const each of found) for (const wire of Object.values(wires)) if (wire.from.node === each) found.add(wire.to.node);
  return found;
}

const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 40 });

describe('what is known of a class after edits', () => {
  it('is what the same class read anew gives, edit after edit and back again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), choices, (name, numbers) => {
        const passed: ModelDocument[] = [];
        applyRandomEdits(example(name), numbers, (document) => {
          expectAsAnew(document);
          passed.push(document);
        });
        // Undo shows documents of before again, and an edit goes on from there.
        for (const document of passed.toReversed()) {
          expectAsAnew(document);
          applyRandomEdits(document, numbers.slice(0, 3), expectAsAnew);
        }
      }),
      { seed: 17, numRuns: 60 },
    );
  });

  it('is kept for all that an edit leaves alone', () => {
    const before = chain(40);
    const root = before.classes['root']!;
    const cut = disconnect(before, 'root', ['w20']).classes['root']!;
    void indexWires(root.wires);
    for (const id of ['c3', 'c18', 'c20', 'c39'])
      expect(indexWires(cut.wires).incoming.get(id)).toBe(indexWires(root.wires).incoming.get(id));
    expect(indexWires(cut.wires).incoming.get('c19')).toEqual([]);
    expect(indexWires(cut.wires).outgoing.get('c18')).toEqual([]);
  });
});

describe('the way from one node to another', () => {
  it('is found wherever wires lead, and nowhere else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), choices, (name, numbers) => {
        for (const modelClass of Object.values(applyRandomEdits(example(name), numbers).classes)) {
          const [graph, ids] = [graphOf(modelClass), Object.keys(modelClass.nodes)];
          for (const from of ids) expect(new Set(ids.filter((to) => graph.reaches(from, to)))).toEqual(reached(modelClass, from));
        }
      }),
      { seed: 23, numRuns: 30 },
    );
  });
});
