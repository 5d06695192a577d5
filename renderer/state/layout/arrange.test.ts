import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { arrange } from './arrange.ts';
import { createElkEngine } from './elk.ts';
import { GAP_ALONG, LANE, type LaidGraph, type LaidNode, type LaidWire, type Spot } from './graph.ts';

/** ELK's own file answers in this process as it does in a worker. */
const { Worker: ElkWorker } = createRequire(import.meta.url)('elkjs/lib/elk-worker.min.js') as { Worker: new (url?: string) => Worker };
const { layOut } = createElkEngine(() => new ElkWorker(''));

const ALONG = 184;

function node(id: string, inputs = 1): LaidNode {
  return {
    id,
    along: ALONG,
    across: inputs > 1 ? 88 : 48,
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}`, at: inputs > 1 ? 58 + 20 * i : 24 })),
    outputs: [{ name: 'y', at: inputs > 1 ? 68 : 24 }],
  };
}

function wire(from: string, to: string, port = 0, label = 60): LaidWire {
  return { from: { node: from, port: 'y' }, to: { node: to, port: `x${port}` }, label };
}

function chain(length: number): LaidGraph {
  const ids = Array.from({ length }, (_, i) => `n${i}`);
  return { lane: LANE, nodes: ids.map((id) => node(id)), wires: ids.slice(1).map((id, i) => wire(ids[i]!, id)) };
}

/** So many residual blocks behind each other: each adds what it was given to what two layers make of it. */
function residual(blocks: number): LaidGraph {
  const nodes = [node('in')];
  const wires: LaidWire[] = [];
  let before = 'in';
  for (let i = 0; i < blocks; i++) {
    nodes.push(node(`first${i}`), node(`second${i}`), node(`add${i}`, 2));
    wires.push(wire(before, `first${i}`), wire(`first${i}`, `second${i}`), wire(`second${i}`, `add${i}`), wire(before, `add${i}`, 1));
    before = `add${i}`;
  }
  return { lane: LANE, nodes, wires };
}

function overlaps(graph: LaidGraph, spots: ReadonlyMap<string, Spot>): readonly string[] {
  const found: string[] = [];
  for (const [i, a] of graph.nodes.entries())
    for (const b of graph.nodes.slice(i + 1)) {
      const [p, q] = [spots.get(a.id)!, spots.get(b.id)!];
      const apart =
        p.along + a.along <= q.along || q.along + b.along <= p.along || p.across + a.across <= q.across || q.across + b.across <= p.across;
      if (!apart) found.push(`${a.id} ${b.id}`);
    }
  return found;
}

describe('the automatic layout', () => {
  it('lays a short chain in one straight line', async () => {
    const spots = await arrange(chain(5), { layOut });
    expect(new Set([...spots.values()].map(({ across }) => across))).toEqual(new Set([0]));
    const along = [...spots.values()].map((spot) => spot.along);
    expect(along).toEqual(along.toSorted((a, b) => a - b));
  });

  it('breaks a long chain into rows of about the same length, read as a text', async () => {
    const graph = chain(30);
    const spots = await arrange(graph, { layOut });
    const rows = new Map<number, LaidNode[]>();
    for (const each of graph.nodes) {
      const { across } = spots.get(each.id)!;
      rows.set(across, [...(rows.get(across) ?? []), each]);
    }
    expect(rows.size).toBeGreaterThan(3);
    const lengths = [...rows.values()].map((row) => row.length);
    expect(Math.max(...lengths) - Math.min(...lengths.slice(0, -1))).toBeLessThanOrEqual(1);
    const read = [...rows]
      .sort(([a], [b]) => a - b)
      .flatMap(([, row]) => row.toSorted((a, b) => spots.get(a.id)!.along - spots.get(b.id)!.along));
    expect(read.map(({ id }) => id)).toEqual(graph.nodes.map(({ id }) => id));
  });

  it('keeps what stands before and behind one large block in its row', async () => {
    const graph = chain(10);
    const wires = [...graph.wires, ...[1, 2, 3].map((i) => wire(`n${i}`, `n${i + 5}`, 1))];
    const nodes = graph.nodes.map(({ id }) => node(id, 2));
    const spots = await arrange({ ...graph, nodes, wires }, { layOut });
    const along = graph.nodes.map(({ id }) => spots.get(id)!.along);
    expect(along[0]).toBe(Math.min(...along));
    expect(along[1]).toBeGreaterThan(along[0]!);
    expect(along[9]).toBe(Math.max(...along));
  });

  it('leaves room for the label of a wire', async () => {
    const graph = chain(3);
    const wide = { ...graph, wires: graph.wires.map((each) => ({ ...each, label: 150 })) };
    const spots = await arrange(wide, { layOut });
    expect(spots.get('n1')!.along - ALONG).toBeGreaterThanOrEqual(150);
    expect(GAP_ALONG).toBeLessThan(150);
  });

  it('puts nodes over no other, and each behind those that feed it within its row', async () => {
    const graph = residual(4);
    const spots = await arrange(graph, { layOut });
    expect(spots.size).toBe(graph.nodes.length);
    expect(overlaps(graph, spots)).toEqual([]);
    expect(spots.get('second0')!.along).toBeGreaterThan(spots.get('first0')!.along);
    expect(spots.get('add0')!.along).toBeGreaterThan(spots.get('second0')!.along);
  });

  it('orders branches as the ports that they end in, so that wires do not cross', async () => {
    for (const [upper, lower] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const graph = {
        lane: LANE,
        nodes: [node('s'), node('a'), node('b'), node('join', 2)],
        wires: [wire('s', 'a'), wire('s', 'b'), wire(upper, 'join', 0), wire(lower, 'join', 1)],
      };
      const spots = await arrange(graph, { layOut });
      expect(spots.get(upper)!.across).toBeLessThan(spots.get(lower)!.across);
    }
  });

  it('lays blocks that are built alike out once', async () => {
    let asked = 0;
    const counting = (graph: LaidGraph) => {
      asked += 1;
      return layOut(graph);
    };
    const graph = residual(40);
    const spots = await arrange(graph, { layOut: counting });
    expect(spots.size).toBe(graph.nodes.length);
    expect(overlaps(graph, spots)).toEqual([]);
    expect(asked).toBeLessThan(5);
  });

  it('lays parts that no wire connects below each other, and single nodes beside each other', async () => {
    const [first, second] = [chain(2), chain(2)];
    const renamed = second.nodes.map((each) => ({ ...each, id: `other ${each.id}` }));
    const graph = {
      lane: LANE,
      nodes: [...first.nodes, ...renamed, node('alone'), node('single')],
      wires: [...first.wires, wire('other n0', 'other n1')],
    };
    const spots = await arrange(graph, { layOut });
    expect(overlaps(graph, spots)).toEqual([]);
    expect(spots.get('other n0')!.across).toBeGreaterThan(spots.get('n1')!.across + 48);
    expect(spots.get('alone')!.across).toBe(spots.get('single')!.across);
  });

  it('tells how far it is, and stops when it is given up', async () => {
    const work = new AbortController();
    const seen: number[] = [];
    const graph = residual(30);
    const onProgress = (done: number): void => {
      seen.push(done);
      if (seen.length === 2) work.abort();
    };
    await expect(arrange(graph, { layOut, onProgress, signal: work.signal })).rejects.toThrow();
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBeGreaterThan(seen[0]!);
  });

  it('lays ten thousand nodes that all branch, and a cycle that a damaged document holds', async () => {
    const graph = residual(3333);
    const spots = await arrange(graph, { layOut });
    expect(spots.size).toBe(graph.nodes.length);
    const cycle = { lane: LANE, nodes: [node('a'), node('b')], wires: [wire('a', 'b'), wire('b', 'a')] };
    expect((await arrange(cycle, { layOut })).size).toBe(2);
  });
});
