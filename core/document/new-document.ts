/** @file What a new document and a new class hold. */
import { FORMAT, VERSION, type ClassId, type ModelClass, type ModelDocument } from './schema.ts';

/** A class with one input that goes straight to its output. */
export function emptyClass(id: ClassId, name: string): ModelClass {
  return {
    id,
    name,
    doc: '',
    fields: [],
    members: [],
    nodes: {
      n1: { id: 'n1', kind: 'input', name: 'x', order: 0, shape: null, dtype: 'float32' },
      n2: { id: 'n2', kind: 'output', name: 'y', order: 0 },
    },
    wires: { w1: { id: 'w1', from: { node: 'n1', port: 'out' }, to: { node: 'n2', port: 'in' } } },
    probes: [],
    layout: { n1: { x: 0, y: 0 }, n2: { x: 528, y: 0 } },
  };
}

/** A document with one empty class, ready for the first layer. */
export function newDocument(name = 'Untitled'): ModelDocument {
  const model = emptyClass('c1', 'Model');
  const input = { id: 'n1', kind: 'input', name: 'x', order: 0, shape: ['batch', 2], dtype: 'float32' } as const;
  return {
    format: FORMAT,
    version: VERSION,
    name,
    classes: { c1: { ...model, nodes: { ...model.nodes, n1: input } } },
    root: { class: 'c1', args: {} },
    settings: [],
    views: [],
    run: {
      seed: 0,
      source: { type: 'ones', args: {} },
      batchSize: 8,
      loss: { type: 'mean', args: {} },
      optimizer: { type: 'adam', args: { learningRate: 1e-3 } },
      steps: 100,
    },
  };
}
