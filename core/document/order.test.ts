import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyClass } from './new-document.ts';
import { orderNodes } from './order.ts';
import type { GraphNode, ModelClass, Wire } from './schema.ts';

/** A class of ops whose wires are pairs of node numbers; a wire ends in the port named after its source. */
function graph(size: number, pairs: readonly (readonly [number, number])[]): ModelClass {
  const nodes = Object.fromEntries(
    Array.from({ length: size }, (_, i): [string, GraphNode] => [`n${i}`, { id: `n${i}`, kind: 'op', op: 'add', args: {} }]),
  );
  const wires = Object.fromEntries(
    pairs.map(([from, to], i): [string, Wire] => [
      `w${i}`,
      { id: `w${i}`, from: { node: `n${from}`, port: 'y' }, to: { node: `n${to}`, port: `x${from}` } },
    ]),
  );
  return { ...emptyClass('c1', 'Model'), nodes, wires };
}

it('puts every source before its targets, whatever the graph', () => {
  const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const forward = pairs.filter(([a, b]) => a < b);
      const { nodes, stuck } = orderNodes(graph(12, forward));
      const position = new Map(nodes.map((node, i) => [node.id, i]));
      expect(stuck).toEqual([]);
      expect(nodes).toHaveLength(12);
      for (const [a, b] of forward) expect(position.get(`n${a}`)!).toBeLessThan(position.get(`n${b}`)!);
    }),
    { seed: 6, numRuns: 200 },
  );
});

it('does not depend on the order of records', () => {
  const pairs = [
    [0, 3],
    [1, 3],
    [3, 4],
    [2, 4],
  ] as const;
  const straight = graph(5, pairs);
  const turned = {
    ...straight,
    nodes: Object.fromEntries(Object.entries(straight.nodes).toReversed()),
    wires: Object.fromEntries(Object.entries(straight.wires).toReversed()),
  };
  expect(orderNodes(turned).nodes).toEqual(orderNodes(straight).nodes);
});

it('writes a branch as a whole before the next', () => {
  const order = orderNodes(
    graph(6, [
      [0, 1],
      [1, 5],
      [2, 3],
      [3, 5],
      [5, 4],
    ]),
  ).nodes.map((node) => node.id);
  expect(order).toEqual(['n0', 'n1', 'n2', 'n3', 'n5', 'n4']);
});

it('leaves out the nodes of a cycle and those behind it, and no others', () => {
  const { nodes, stuck } = orderNodes(
    graph(5, [
      [0, 1],
      [1, 2],
      [2, 1],
      [2, 3],
      [0, 4],
    ]),
  );
  expect(nodes.map((node) => node.id)).toEqual(['n0', 'n4']);
  expect([...stuck].sort()).toEqual(['n1', 'n2', 'n3']);
});

it('orders a chain of ten thousand nodes without overflowing', () => {
  const size = 10_000;
  const chain = Array.from({ length: size - 1 }, (_, i) => [size - 1 - i, size - 2 - i] as const);
  expect(orderNodes(graph(size, chain)).nodes).toHaveLength(size);
});
