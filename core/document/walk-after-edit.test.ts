import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIds } from './ids.ts';
import { changeRecord } from './records.ts';
import type { GraphNode, Wire } from './schema.ts';
import { walkAfterEdit } from './walk-after-edit.ts';
import { walkFromNothing, type Graph } from './walk.ts';

/** Ops `n0` … and the input `i`, the outputs `o0` and `o1`; a wire leads from a smaller node to a larger one, or to an output. */
const NAMES = ['i', ...Array.from({ length: 12 }, (_, i) => `n${i}`), 'o0', 'o1'];
const ROOTS = ['i', 'o0', 'o1'];

function nodeOf(id: string): GraphNode {
  if (id === 'i') return { id, kind: 'input', name: 'x', order: 0, shape: null, dtype: 'float32' };
  if (id.startsWith('o')) return { id, kind: 'output', name: id, order: Number(id.slice(1)) };
  return { id, kind: 'op', op: 'add', args: {} };
}

/** From one of the names before `to`; some ports are shared by several wires, as in damaged files. */
function wireOf(id: string, [from, to, port]: Laid): Wire {
  const target = 1 + (to % (NAMES.length - 1));
  const source = Math.min(from % target, NAMES.length - 3);
  return { id, from: { node: NAMES[source]!, port: 'y' }, to: { node: NAMES[target]!, port: `x${port}` } };
}

type Laid = readonly [from: number, to: number, port: number];
const laid = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(3));
const walked = (graph: Graph) => walkFromNothing(graph, ROOTS);
const anew = (graph: Graph) => walked(structuredClone(graph));

const start = fc.array(laid, { maxLength: 30 }).map((all): Graph => {
  const nodes = Object.fromEntries(NAMES.map((id) => [id, nodeOf(id)]));
  return { nodes, wires: Object.fromEntries(all.map((each, i) => [`w${i}`, wireOf(`w${i}`, each)])) };
});

const edits = fc.array(
  fc.record({ cut: fc.array(fc.nat(99), { maxLength: 3 }), lay: fc.array(laid, { maxLength: 3 }), node: fc.option(fc.nat(99)) }),
  { minLength: 1, maxLength: 12 },
);

/** A node is taken away with its wires, or one more comes; the wires that are cut and laid besides. */
function edited({ nodes, wires }: Graph, edit: { cut: readonly number[]; lay: readonly Laid[]; node: number | null }, step: number) {
  const keys = Object.keys(wires);
  const cut = new Set(edit.cut.flatMap((at) => keys[at % keys.length] ?? []));
  const inner = Object.keys(nodes).filter((id) => id.startsWith('n'));
  const gone = edit.node !== null && edit.node % 2 === 0 ? inner[edit.node % inner.length] : undefined;
  const come = edit.node !== null && gone === undefined ? [`n${(edit.node % 9) + 0.5}`.replace('.', '')] : [];
  for (const id of keys) if (wires[id]!.from.node === gone || wires[id]!.to.node === gone) cut.add(id);
  const kept = Object.fromEntries(come.map((id) => [id, nodeOf(id)]));
  const now = changeRecord(nodes, gone === undefined ? [] : [gone], kept);
  const more = edit.lay.map((each, i) => wireOf(`v${step}_${i}`, each)).filter(({ from, to }) => from.node in now && to.node in now);
  const isKept = Object.fromEntries(more.map((wire) => [wire.id, wire]));
  return {
    graph: { nodes: now, wires: changeRecord(wires, cut, isKept) },
    nodes: [...(gone ? [gone] : []), ...come],
    wires: [...cut, ...more.map(({ id }) => id)],
  };
}

describe('the walk after an edit', () => {
  it('is the walk from nothing, edit after edit, and is made from the one before', () => {
    fc.assert(
      fc.property(start, edits, (first, all) => {
        let graph = first;
        let walk = walked(graph);
        for (const [step, edit] of all.entries()) {
          const next = edited(graph, edit, step);
          const found = walkAfterEdit(graph, walk, next.graph, next);
          expect(found).toEqual(anew(next.graph));
          for (const node of found!.nodes) expect(node).toBe(next.graph.nodes[node.id]);
          graph = next.graph;
          walk = found!;
        }
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('is left to the walk from nothing where the edit closes a cycle, and after one', () => {
    const graph: Graph = { nodes: Object.fromEntries(NAMES.map((id) => [id, nodeOf(id)])), wires: {} };
    const wire = (id: string, from: string, to: string): Wire => ({ id, from: { node: from, port: 'y' }, to: { node: to, port: 'x' } });
    const chain = { ...graph, wires: { a: wire('a', 'n0', 'n1'), b: wire('b', 'n1', 'n2'), c: wire('c', 'n2', 'o0') } };
    const closed = { ...chain, wires: changeRecord(chain.wires, [], { d: wire('d', 'n2', 'n0') }) };
    expect(walkAfterEdit(chain, anew(chain), closed, { nodes: [], wires: ['d'] })).toBeUndefined();
    expect(walkAfterEdit(closed, anew(closed), chain, { nodes: [], wires: ['d'] })).toBeUndefined();
  });

  it('of a chain that is cut near its start moves what was before the cut behind all others', () => {
    const names = ['i', ...Array.from({ length: 600 }, (_, k) => `n${k}`), 'o0'];
    const nodes = Object.fromEntries(names.map((id) => [id, nodeOf(id)]));
    const wires = Object.fromEntries(
      names
        .slice(1)
        .map((id, k): [string, Wire] => [`w${k}`, { id: `w${k}`, from: { node: names[k]!, port: 'y' }, to: { node: id, port: 'x' } }]),
    );
    const chain: Graph = { nodes, wires };
    const cut: Graph = { nodes, wires: changeRecord(wires, ['w5']) };
    const walk = walkFromNothing(chain, ['i', 'o0']);
    const found = walkAfterEdit(chain, walk, cut, { nodes: [], wires: ['w5'] });
    const expected = ['i', ...names.slice(6), ...names.slice(1, 6).sort(compareIds)];
    expect(found?.nodes.map(({ id }) => id)).toEqual(expected);
    expect(walkAfterEdit(cut, found!, chain, { nodes: [], wires: ['w5'] })).toEqual(walk);
  });
});
