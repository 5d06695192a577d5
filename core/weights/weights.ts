/**
 * @file The weights of a Module as a safetensors file, under Flax's own paths: `blocks.0.batch_norm.scale`. What Flax writes with
 * `{'.'.join(map(str, path)): value}` over `nnx.to_flat_state` is read here, and the other way round.
 */
import { quoted, shorten } from '../document/problem.ts';
import { ValueError } from '../nnx/errors.ts';
import { All, type Filter, Not, OfType, toPredicate } from '../nnx/filter.ts';
import { iterModules } from '../nnx/module.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { type Path, type PathPart, pathText, pathTuple } from '../nnx/path.ts';
import { RngState } from '../nnx/rngs.ts';
import { state } from '../nnx/split.ts';
import { State } from '../nnx/state.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { update } from '../nnx/update.ts';
import { Pending, PendingZeros, Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import type { StoredType } from './numbers.ts';
import { readSafetensors, type StoredTensor, writeSafetensors } from './safetensors.ts';

export interface WeightsOptions {
  /** Which Variables and raw tensors; random state, whose keys are no tensors, is never among them. By default all. */
  readonly only?: Filter;
}

export interface LoadOptions extends WeightsOptions {
  /** Names in the file that the Module lacks are an error, and so are weights without numbers in the file. By default true. */
  readonly strict?: boolean;
}

/**
 * A path of ours as the name of a tensor: Flax's spelling, parts joined by dots. In tables whose keys are themselves paths (the
 * statistics of SpectralNorm, the scales of WeightNorm) files have Python's tuples, `batch_stats.('kernel', 'u')`: saving and
 * loading see to it.
 */
export function weightName(path: Path): string {
  return path.map(partName).join('.');
}

function partName(part: PathPart): string {
  return typeof part === 'string' ? toSnakeCase(part) : String(part);
}

/** One tensor of a Module: in a Variable, or raw in an attribute. */
interface Weight {
  readonly path: Path;
  /** What nobody has read is no tensor yet, and is not made one to know its shape. */
  readonly value: tf.Tensor | Pending;
  /** Null for a raw tensor. */
  readonly variable: Variable | null;
}

/** What holds one tensor, by name. Shared Variables stand under their first path only, as in Flax. */
function weightsOf(node: object, only: Filter): Map<string, Weight> {
  const leaves: unknown = state(node);
  if (!(leaves instanceof State)) throw new TypeError(`Expected a Module or container with weights, got ${typeNameOf(node)}.`);
  const isWanted = toPredicate(new All(new Not(new OfType(RngState)), only));
  const tables = new Set([...iterModules(node)].flatMap(([path, module]) => tablesOf(module).map((name) => pathText([...path, name]))));
  const found = new Map<string, Weight>();
  for (const [path, leaf] of (leaves as State<unknown>).flat()) {
    const variable = leaf instanceof Variable ? (leaf as Variable) : null;
    const value: unknown = variable ? (variable.pending ?? variable.value) : leaf;
    if (!(value instanceof tf.Tensor || value instanceof Pending) || !isWanted(path, leaf)) continue;
    const name = tables.has(pathText(path.slice(0, -1))) ? `${weightName(path.slice(0, -1))}.${tupleName(path.at(-1)!)}` : weightName(path);
    const other = found.get(name);
    if (other)
      throw new ValueError(
        `Expected a name for each weight, got "${name}" for both '${pathText(other.path)}' and '${pathText(path)}'. Rename one attribute.`,
      );
    found.set(name, { path, value, variable });
  }
  return found;
}

/** Attributes whose keys are paths of parameters; Python's dicts have tuples for them, and print them so. */
function tablesOf(module: object): readonly string[] {
  return (module.constructor as { readonly keyedByPath?: readonly string[] }).keyedByPath ?? [];
}

function tupleName(key: PathPart): string {
  const parts = String(key).split('/');
  return pathTuple(parts.map((part) => (/^\d+$/.test(part) ? Number(part) : toSnakeCase(part))));
}

const STORED_TYPES: Readonly<Partial<Record<tf.DataType, StoredType>>> = { float32: 'F32', int32: 'I32', bool: 'BOOL' };

/**
 * All weights of a Module, as they are when it is called, as the bytes of a safetensors file. float32 becomes F32, int32 I32, bool BOOL.
 * Memory: no tensor is made but first values that nobody has read, which stay the Module's.
 * @throws ValueError if two weights would have one name, or one holds texts or complex numbers.
 */
export async function saveWeights(node: object, options: WeightsOptions = {}): Promise<Uint8Array> {
  return writeSafetensors(await storeWeights(node, options), { format: 'flax.nnx' });
}

/** The same as tensors by name, before they are written. @throws ValueError likewise. */
export async function storeWeights(node: object, { only = true }: WeightsOptions = {}): Promise<Readonly<Record<string, StoredTensor>>> {
  const weights = [...weightsOf(node, only)];
  // All at once: a training that goes on meanwhile must not leave a file of two steps.
  const numbers = await Promise.all(weights.map(([, weight]) => numbersOf(weight)));
  const tensors = weights.map(([name, { value }], i): [string, StoredTensor] => {
    const dtype = STORED_TYPES[value.dtype];
    if (!dtype) throw new ValueError(`Expected numbers in "${name}", got ${value.dtype}. Leave it out with { only }.`);
    return [name, { dtype, shape: value.shape, data: numbers[i]! }];
  });
  return Object.fromEntries(tensors);
}

async function numbersOf({ value, variable }: Weight): Promise<StoredTensor['data']> {
  if (value instanceof PendingZeros) return new Float32Array(value.shape.reduce((size, length) => size * length, 1));
  return ((value instanceof tf.Tensor ? value : variable!.value) as tf.Tensor).data<'float32' | 'int32' | 'bool'>();
}

/**
 * Writes the numbers of a safetensors file into a Module's Variables, which stay the same objects, and raw tensors. Everything is
 * checked before anything is written. Memory: the old tensors are freed; nothing is made when it throws.
 * @throws ValueError that names what is missing, what is unexpected, or whose shape or type does not fit.
 */
export function loadWeights(node: object, bytes: Uint8Array, options: LoadOptions = {}): void {
  loadStored(node, readSafetensors(bytes).tensors, options);
}

/** The same from tensors that have been read. @throws ValueError likewise. */
export function loadStored(
  node: object,
  tensors: Readonly<Record<string, StoredTensor>>,
  { only = true, strict = true }: LoadOptions = {},
): void {
  const weights = weightsOf(node, only);
  const stored = new Map(Object.entries(tensors));
  if (strict) refuseOthers(weights, weightsOf(node, true), stored);
  const fitting = [...weights].flatMap(([name, weight]) => {
    const tensor = stored.get(name);
    if (tensor) checkFit(name, weight.value, tensor);
    return tensor ? [[weight, tensor] as const] : [];
  });
  for (const [{ path, variable, value: old }, { data, shape }] of fitting) {
    const values = data instanceof Float64Array ? Int32Array.from(data) : data;
    const tensor = tf.tensor(values, [...shape], old.dtype);
    if (variable) variable.value = tensor;
    else update(node, State.fromFlat([[path, tensor]]));
  }
}

/** A file may have what the Module has and the filter leaves out. */
function refuseOthers(
  wanted: ReadonlyMap<string, unknown>,
  present: ReadonlyMap<string, unknown>,
  stored: ReadonlyMap<string, unknown>,
): void {
  const missing = [...wanted.keys()].filter((name) => !stored.has(name));
  const unexpected = [...stored.keys()].filter((name) => !present.has(name));
  if (missing.length + unexpected.length === 0) return;
  const words = [
    missing.length > 0 ? `without ${shorten(missing.join(', '))}` : '',
    unexpected.length > 0 ? `with ${shorten(unexpected.join(', '))}` : '',
  ];
  throw new ValueError(
    `Expected the weights of this Module, got a file ${words.filter(Boolean).join(' and ')}. Load it into the Module that it was saved from, or set strict to false.`,
  );
}

function checkFit(name: string, present: tf.Tensor | Pending, { shape, dtype, data }: StoredTensor): void {
  const kind = dtype === 'BOOL' ? 'bool' : /^[IU]/.test(dtype) ? 'int32' : 'float32';
  const fits = shape.length === present.shape.length && shape.every((length, axis) => length === present.shape[axis]);
  if (!fits || kind !== present.dtype)
    throw new ValueError(
      `Expected ${present.dtype} of shape (${present.shape.join(', ')}) for ${quoted(name)}, got ${dtype} of (${shorten(shape.join(', '))}). Nothing was loaded: build the Module with the sizes of the file.`,
    );
  if (data instanceof Float64Array && data.some((value) => (value | 0) !== value))
    throw new ValueError(`Expected whole numbers of 32 bits for ${quoted(name)}, got larger ones in ${dtype}. Nothing was loaded.`);
}
