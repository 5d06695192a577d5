/** @file A document whose forward pass is one call of a layer, or one op. */
import type { GraphNode, ModelDocument, Wire } from '../../document/schema.ts';
import { outputPorts } from '../../spec/define.ts';
import type { Subject } from './subject.ts';

export function oneNodeDocument({ key, descriptor, example, args }: Subject): ModelDocument {
  const given = (example.args ?? {}) as never;
  const isLayer = descriptor.kind === 'layer';
  const node: GraphNode = isLayer ? { id: 'n', kind: 'call', member: 'm' } : { id: 'n', kind: 'op', op: key, args: given };
  const nodes: Record<string, GraphNode> = { n: node };
  const wires: Record<string, Wire> = {};
  for (const [order, [port, { shape, dtype = 'float32' }]] of Object.entries(example.inputs).entries()) {
    nodes[`i${order}`] = { id: `i${order}`, kind: 'input', name: port, order, shape, dtype };
    wires[`a${order}`] = { id: `a${order}`, from: { node: `i${order}`, port: 'out' }, to: { node: 'n', port } };
  }
  for (const [order, port] of Object.keys(outputPorts(descriptor, args)).entries()) {
    nodes[`o${order}`] = { id: `o${order}`, kind: 'output', name: port, order };
    wires[`b${order}`] = { id: `b${order}`, from: { node: 'n', port }, to: { node: `o${order}`, port: 'in' } };
  }
  const members = isLayer ? [{ id: 'm', name: 'layer', type: key, args: given }] : [];
  return {
    format: 'espalier',
    version: 1,
    name: key,
    classes: { probe: { id: 'probe', name: 'Probe', doc: '', fields: [], members, nodes, wires, probes: [], layout: {} } },
    root: { class: 'probe', args: {} },
    settings: [],
    views: [],
    run: {
      seed: 0,
      source: { kind: 'ones' },
      batchSize: 1,
      loss: { kind: 'mean' },
      optimizer: { type: 'sgd', args: { learningRate: 0.1 } },
      steps: 1,
    },
  };
}
