/** @file Large documents: a chain of layers in one class, as a deep network that was drawn by hand would be, and a deep nest of classes. */
import type { Member, ModelClass, ModelDocument, Wire, GraphNode } from '../document/schema.ts';
import { newDocument } from '../document/new-document.ts';

const WIDTH = 8;
const LAYERS = [
  ['Linear', { inFeatures: WIDTH, outFeatures: WIDTH }],
  ['LayerNorm', { numFeatures: WIDTH }],
  ['Dropout', { rate: 0.1 }],
] as const;

/** One class `root`: input `i`, calls `c0` … of members `m0` … in a row, output `o`, wires `w1` … in their order. */
export function chain(length: number): ModelDocument {
  const nodes: Record<string, GraphNode> = {
    i: { id: 'i', kind: 'input', name: 'x', order: 0, shape: ['batch', WIDTH], dtype: 'float32' },
  };
  const wires: Record<string, Wire> = {};
  const members: Member[] = [];
  const layout: Record<string, { x: number; y: number }> = { i: { x: 0, y: 0 } };
  let from = { node: 'i', port: 'out' };
  let laid = 0;
  const wire = (node: string, port: string) => {
    const id = `w${++laid}`;
    wires[id] = { id, from, to: { node, port } };
  };
  for (let k = 0; k < length; k++) {
    const [type, args] = LAYERS[k % LAYERS.length]!;
    members.push({ id: `m${k}`, name: `layer${k}`, type, args });
    nodes[`c${k}`] = { id: `c${k}`, kind: 'call', member: `m${k}` };
    layout[`c${k}`] = { x: (k % 50) * 240, y: (Math.floor(k / 50) + 1) * 140 };
    wire(`c${k}`, 'x');
    from = { node: `c${k}`, port: 'y' };
  }
  nodes['o'] = { id: 'o', kind: 'output', name: 'y', order: 0 };
  wire('o', 'in');
  const root: ModelClass = { id: 'root', name: 'Net', doc: '', fields: [], members, nodes, wires, probes: [], layout };
  return { ...newDocument(), classes: { root }, root: { class: 'root', args: {} } };
}

/** Classes `k0` … each of which calls its one member twice, the second time with the mean over the batch: a layer in `k0`, the class before it above. */
export function calledTwice(depth: number): ModelDocument {
  const classes = Array.from({ length: depth + 1 }, (_, k): ModelClass => {
    const member: Member =
      k === 0
        ? { id: 'm', name: 'inner', type: 'Linear', args: { inFeatures: WIDTH, outFeatures: WIDTH } }
        : { id: 'm', name: 'inner', type: `class:k${k - 1}`, args: {} };
    const ports = k === 0 ? ['x', 'y'] : ['x', 'z'];
    const nodes: readonly GraphNode[] = [
      { id: 'i', kind: 'input', name: 'x', order: 0, shape: ['batch', WIDTH], dtype: 'float32' },
      { id: 'a', kind: 'call', member: 'm' },
      { id: 'n', kind: 'op', op: 'mean', args: { axis: 0, keepdims: true } },
      { id: 'b', kind: 'call', member: 'm' },
      { id: 'o', kind: 'output', name: 'z', order: 0 },
    ];
    const wire = (id: string, from: string, out: string, to: string, into: string): Wire => ({
      id,
      from: { node: from, port: out },
      to: { node: to, port: into },
    });
    const wires = [
      wire('w1', 'i', 'out', 'a', ports[0]!),
      wire('w2', 'a', ports[1]!, 'n', 'x'),
      wire('w3', 'n', 'y', 'b', ports[0]!),
      wire('w4', 'b', ports[1]!, 'o', 'in'),
    ];
    const byId = <T extends { readonly id: string }>(items: readonly T[]) => Object.fromEntries(items.map((each) => [each.id, each]));
    const parts = { members: [member], nodes: byId(nodes), wires: byId(wires) };
    return { id: `k${k}`, name: `Level${k}`, doc: '', fields: [], probes: [], layout: {}, ...parts };
  });
  const byId = Object.fromEntries(classes.map((each) => [each.id, each]));
  return { ...newDocument(), classes: byId, root: { class: `k${depth}`, args: {} } };
}
