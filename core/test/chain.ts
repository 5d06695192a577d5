/** @file Large documents: a chain of layers in one class, as a deep network that was drawn by hand would be. */
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
