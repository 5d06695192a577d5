/** @file Documents of a given size, to describe, run and emit: layers in a row, with sums of what went before. */
import { newDocument } from '../document/new-document.ts';
import type { Arguments, GraphNode, Member, ModelClass, ModelDocument, InputNode, Wire } from '../document/schema.ts';

/** A type of layer or op with its arguments; an `add` adds what the step of that number gave, 0 being the input. */
export type StepOf = readonly [type: string, args: Arguments] | readonly ['add', number];

/** Where a value goes in: all but attention call it x. */
const INPUTS: Readonly<Record<string, string>> = { MultiHeadAttention: 'q', add: 'a' };

/** One class in which each step takes what the one before gave. `batchSize` rows are drawn for its input. */
export function sequence(shape: InputNode['shape'], steps: readonly StepOf[], batchSize = 8): ModelDocument {
  const nodes: Record<string, GraphNode> = { i: { id: 'i', kind: 'input', name: 'x', order: 0, shape, dtype: 'float32' } };
  const wires: Record<string, Wire> = {};
  const members: Member[] = [];
  const gave = [{ node: 'i', port: 'out' }];
  const wire = (from: Wire['from'], node: string, port: string): void => {
    const id = `w${Object.keys(wires).length + 1}`;
    wires[id] = { id, from, to: { node, port } };
  };
  for (const [k, [type, args]] of steps.entries()) {
    const id = `c${k + 1}`;
    if (/^[A-Z]/.test(type)) {
      members.push({ id: `m${k + 1}`, name: `layer${k + 1}`, type, args: typeof args === 'number' ? {} : args });
      nodes[id] = { id, kind: 'call', member: `m${k + 1}` };
    } else nodes[id] = { id, kind: 'op', op: type, args: typeof args === 'number' ? {} : args };
    wire(gave[k]!, id, INPUTS[type] ?? 'x');
    if (typeof args === 'number') wire(gave[args]!, id, 'b');
    gave.push({ node: id, port: 'y' });
  }
  nodes['o'] = { id: 'o', kind: 'output', name: 'y', order: 0 };
  wire(gave.at(-1)!, 'o', 'in');
  const layout = Object.fromEntries(Object.keys(nodes).map((id, k) => [id, { x: 240 * k, y: 0 }]));
  const root: ModelClass = { id: 'root', name: 'Net', doc: '', fields: [], members, nodes, wires, probes: [], layout };
  const document = newDocument();
  const run = { ...document.run, source: { type: 'normal', args: { seed: 1 } }, batchSize };
  return { ...document, classes: { root }, root: { class: 'root', args: {} }, run };
}

/** Normalisation, attention, and two layers with a relu, each with a sum around it. */
export function transformerBlock(length: number, width: number, batchSize: number): ModelDocument {
  return sequence(
    ['batch', length, width],
    [
      ['LayerNorm', { numFeatures: width }],
      ['MultiHeadAttention', { numHeads: 4, inFeatures: width }],
      ['add', 0],
      ['LayerNorm', { numFeatures: width }],
      ['Linear', { inFeatures: width, outFeatures: 4 * width }],
      ['relu', {}],
      ['Linear', { inFeatures: 4 * width, outFeatures: width }],
      ['add', 3],
    ],
    batchSize,
  );
}

/** Two convolutions of pictures of `side` by `side`, the second with strides of 2, and ten classes. */
export function convNet(side: number, [first, second]: readonly [number, number], batchSize: number): ModelDocument {
  const flat = Math.ceil(side / 2) ** 2 * second;
  return sequence(
    ['batch', side, side, 1],
    [
      ['Conv', { inFeatures: 1, outFeatures: first, kernelSize: [3, 3] }],
      ['relu', {}],
      ['Conv', { inFeatures: first, outFeatures: second, kernelSize: [3, 3], strides: [2, 2] }],
      ['relu', {}],
      ['reshape', { shape: [-1, flat] }],
      ['Linear', { inFeatures: flat, outFeatures: 10 }],
    ],
    batchSize,
  );
}

/** So many layers of a width, each with a relu. */
export function mlp(widths: readonly number[], batchSize: number): ModelDocument {
  const steps = widths.slice(1).flatMap((outFeatures, k): StepOf[] => [
    ['Linear', { inFeatures: widths[k]!, outFeatures }],
    ['relu', {}],
  ]);
  return sequence(['batch', widths[0]!], steps, batchSize);
}
