/**
 * @file The weights of a Module as a safetensors file, under Flax's own paths: `blocks.0.batch_norm.scale`. What Flax writes with
 * `{'.'.join(map(str, path)): value}` over `nnx.to_flat_state` is read here, and the other way round.
 */
import { ValueError } from '../nnx/errors.ts';
import { All, type Filter, Not, OfType, toPredicate } from '../nnx/filter.ts';
import { iterGraph } from '../nnx/iterate.ts';
import { toSnakeCase } from '../nnx/names.ts';
import type { Path } from '../nnx/path.ts';
import { RngState } from '../nnx/rngs.ts';
import { Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { readSafetensors, type StoredTensor, writeSafetensors } from './safetensors.ts';

export interface WeightsOptions {
  /** Which Variables; random state, whose keys are no tensors, is never among them. By default all. */
  readonly only?: Filter;
}

export interface LoadOptions extends WeightsOptions {
  /** Names in the file that the Module lacks are an error, and so are Variables without numbers in the file. By default true. */
  readonly strict?: boolean;
}

/** A path of ours as the name of a tensor: Flax's spelling, parts joined by dots. */
export function weightName(path: Path): string {
  return path.map((part) => (typeof part === 'string' ? toSnakeCase(part) : String(part))).join('.');
}

/** The Variables that hold one tensor, by name. A shared Variable stands under its first path only. */
function weightsOf(node: object, only: Filter): Map<string, Variable> {
  const isWanted = toPredicate(new All(new Not(new OfType(RngState)), only));
  const found = new Map<string, Variable>();
  for (const [path, value] of iterGraph(node)) {
    if (!(value instanceof Variable) || !(value.value instanceof tf.Tensor) || !isWanted(path, value)) continue;
    found.set(weightName(path), value as Variable);
  }
  return found;
}

/**
 * All weights of a Module as the bytes of a safetensors file, read from the backend. float32 becomes F32, int32 I32, bool BOOL.
 * Memory: no tensor is made.
 */
export async function saveWeights(node: object, { only = true }: WeightsOptions = {}): Promise<Uint8Array> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, variable] of weightsOf(node, only)) {
    const tensor = variable.value;
    const data = (await tensor.data()) as StoredTensor['data'];
    tensors.set(name, { dtype: tensor.dtype === 'int32' ? 'I32' : tensor.dtype === 'bool' ? 'BOOL' : 'F32', shape: tensor.shape, data });
  }
  return writeSafetensors(Object.fromEntries(tensors), { format: 'flax.nnx' });
}

/**
 * Writes the numbers of a safetensors file into a Module's Variables, which stay the same objects. Everything is checked before
 * anything is written. Memory: the old tensors are freed.
 * @throws ValueError that names what is missing, what is unexpected, or whose shape or type does not fit.
 */
export function loadWeights(node: object, bytes: Uint8Array, { only = true, strict = true }: LoadOptions = {}): void {
  const { tensors } = readSafetensors(bytes);
  const variables = weightsOf(node, only);
  const stored = new Map(Object.entries(tensors));
  if (strict) {
    const missing = [...variables.keys()].filter((name) => !stored.has(name));
    const unexpected = [...stored.keys()].filter((name) => !variables.has(name));
    if (missing.length + unexpected.length > 0) {
      const words = [
        missing.length > 0 ? `without ${missing.join(', ')}` : '',
        unexpected.length > 0 ? `with ${unexpected.join(', ')}` : '',
      ];
      throw new ValueError(
        `Expected the weights of this Module, got a file ${words.filter(Boolean).join(' and ')}. Load it into the Module that it was saved from, or set strict to false.`,
      );
    }
  }
  const fitting = [...variables].flatMap(([name, variable]) => {
    const tensor = stored.get(name);
    if (tensor) checkFit(name, variable.value, tensor);
    return tensor ? [[variable, tensor] as const] : [];
  });
  for (const [variable, { data, shape }] of fitting) variable.value = tf.tensor(data, [...shape], variable.value.dtype);
}

function checkFit(name: string, present: tf.Tensor, { shape, dtype }: StoredTensor): void {
  const isInteger = dtype === 'I32';
  const wantsInteger = present.dtype === 'int32';
  const fits = shape.length === present.shape.length && shape.every((length, axis) => length === present.shape[axis]);
  if (fits && isInteger === wantsInteger && (dtype === 'BOOL') === (present.dtype === 'bool')) return;
  throw new ValueError(
    `Expected ${present.dtype} of shape (${present.shape.join(', ')}) for "${name}", got ${dtype} of (${shape.join(', ')}). Nothing was loaded: build the Module with the sizes of the file.`,
  );
}
