/** @file Documents that journeys open: those that once broke something, and chains as long as one likes. */
import { readFileSync } from 'node:fs';

/** A document that was tried and found to break something. */
export function faultDocument(name: string): string {
  return readFileSync(`core/test/faults/${name}.espalier`, 'utf8');
}

/** Somebody else's: sixty nodes in no order, five classes deep, unknown types and classes, circles of aliases, notes that try to run. */
export function inheritedDocument(): string {
  return readFileSync('e2e/models/inherited.espalier', 'utf8');
}

const WIDTH = 8;
const COLUMNS = 50;
const LAYERS = [
  ['Linear', { inFeatures: WIDTH, outFeatures: WIDTH }],
  ['LayerNorm', { numFeatures: WIDTH }],
  ['Dropout', { rate: 0.1 }],
] as const;

/** So many layers in a row in one class, as a deep network that was drawn by hand would be, in the first version of the format. */
export function chainDocument(length: number): string {
  const nodes: Record<string, object> = {};
  const layout: Record<string, object> = {};
  const wires: Record<string, object> = {};
  const members: object[] = [];
  let from = { node: 'i', port: 'out' };
  let laid = 0;
  const add = (id: string, x: number, y: number, more: object): void => {
    nodes[id] = { id, ...more };
    layout[id] = { x, y };
  };
  const wire = (node: string, port: string): void => {
    const id = `w${++laid}`;
    wires[id] = { id, from, to: { node, port } };
  };
  add('i', 0, 0, { kind: 'input', name: 'x', order: 0, shape: ['batch', WIDTH], dtype: 'float32' });
  for (let k = 0; k < length; k++) {
    const [type, args] = LAYERS[k % LAYERS.length]!;
    members.push({ id: `m${k}`, name: `layer${k}`, type, args });
    add(`c${k}`, (k % COLUMNS) * 240, (Math.floor(k / COLUMNS) + 1) * 140, { kind: 'call', member: `m${k}` });
    wire(`c${k}`, 'x');
    from = { node: `c${k}`, port: 'y' };
  }
  add('o', 0, (Math.floor(length / COLUMNS) + 2) * 140, { kind: 'output', name: 'y', order: 0 });
  wire('o', 'in');
  const root = { id: 'root', name: 'Net', doc: '', fields: [], members, nodes, wires, probes: [], layout };
  const run = {
    seed: 0,
    source: { kind: 'normal', seed: 1 },
    batchSize: 4,
    loss: { kind: 'weightedSum' },
    optimizer: { type: 'sgd', args: { learningRate: 0.1 } },
    steps: 10,
  };
  const model = { classes: { root }, root: { class: 'root', args: {} }, settings: [], views: [], run };
  return JSON.stringify({ format: 'espalier', version: 1, name: `chain-${length}`, ...model });
}
