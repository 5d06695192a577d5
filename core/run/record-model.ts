/** @file What a model gives for made-up inputs, in the mode for use, and the weights it has: what its code in another library must give, too. */
import { checkDocument } from '../check/check-document.ts';
import type { ModelDocument } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { dispose } from '../nnx/dispose.ts';
import { tf } from '../tensor/tf.ts';
import { readSafetensors, type StoredTensor } from '../weights/safetensors.ts';
import { loadWeights, saveWeights } from '../weights/weights.ts';
import { smallestTable } from './ids-in-range.ts';
import { openModel } from './open-model.ts';

/** Rows of the inputs: what is known only in a run is so long. */
const ROWS = 2;
/** Whole numbers are below the length of the table that they are looked up in, but at most this; of those that are looked up nowhere two are enough. */
const [MOST_IDS, ANY_IDS] = [50, 2];

export interface Named {
  readonly name: string;
  readonly tensor: StoredTensor;
}

export interface RecordedModel {
  /** By Flax's own names. */
  readonly weights: Readonly<Record<string, StoredTensor>>;
  /** In the order of the arguments, and of the results. */
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
}

/**
 * Builds the model, with the weights of its seed or those given, and runs it once. The same document and weights give the same recording.
 * @throws BuildError where it cannot be built or run; ValueError for weights that do not fit. No tensor is left.
 */
export async function recordModel(document: ModelDocument, weights?: Uint8Array): Promise<RecordedModel> {
  const { root } = checkDocument(document);
  const { model, inputs, outputNames } = openModel(document);
  const made: tf.Tensor[] = [];
  try {
    if (weights) loadWeights(model, weights);
    // Before the call: there are layers whose weights a call changes.
    const saved = readSafetensors(await saveWeights(model)).tensors;
    model.eval();
    const nodes = root ? graphOf(root.class).inputs : [];
    for (const [i, { shape, dtype }] of inputs.entries()) {
      const lengths = (shape ?? []).map((dim) => (typeof dim === 'number' ? dim : ROWS));
      const table = root && nodes[i] ? smallestTable(root, nodes[i].id) : undefined;
      made.push(tf.tensor(madeUp(lengths, dtype, Math.min(table ?? ANY_IDS, MOST_IDS)), lengths, dtype));
    }
    const given = made.map((tensor, i) => store(inputs[i]!.name, tensor));
    const out = model.call(...made);
    const outputs = out instanceof tf.Tensor ? [out] : out;
    made.push(...outputs);
    return { weights: saved, inputs: given, outputs: outputs.map((tensor, i) => store(outputNames[i]!, tensor)) };
  } finally {
    dispose([model, made]);
  }
}

const STORED = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const;

function store(name: string, tensor: tf.Tensor): Named {
  const dtype = STORED[tensor.dtype as keyof typeof STORED];
  return { name, tensor: { dtype, shape: tensor.shape, data: tensor.dataSync<'float32' | 'int32' | 'bool'>().slice() } };
}

/** Numbers around 0 that have no pattern over rows or columns; ids below a limit; truth values. */
function madeUp(shape: readonly number[], dtype: 'float32' | 'int32' | 'bool', below: number): Float32Array | Int32Array | Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const place = (i: number) => ((i + 1) * 7919) % 1009;
  if (dtype === 'float32') return Float32Array.from({ length: size }, (_, i) => place(i) / 504.5 - 1);
  if (dtype === 'bool') return Uint8Array.from({ length: size }, (_, i) => Number(i === 0 || place(i) % 3 > 0));
  return Int32Array.from({ length: size }, (_, i) => place(i) % below);
}
