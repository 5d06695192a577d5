/** @file What rules remember between steps, in optax's shape, so that it is saved, restored and copied as any other state. */
import type { Path, PathPart } from '../nnx/path.ts';
import { PendingZeros, Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';

/** Any state of an optimiser. It owns its tensor. Port of nnx.OptState. */
export class OptState extends Variable {
  static override readonly typeName: string = 'OptState';
}

/** What is remembered of all parameters together, such as the count of steps. Port of nnx.OptArray. */
export class OptArray extends OptState {
  static override readonly typeName: string = 'OptArray';
}

/** What is remembered of one parameter, in its shape. Port of nnx.OptVariable. */
export class OptVariable extends OptState {
  static override readonly typeName: string = 'OptVariable';
}

/** A parameter as rules see it. The tensor is the model's own. */
export interface Parameter {
  readonly path: Path;
  readonly value: tf.Tensor;
}

/** One Variable for each parameter, at its path. Maps, because positions in a List are numbers in paths. */
export type ParameterStates = ReadonlyMap<PathPart, OptVariable | ParameterStates>;

/** One Variable per parameter, of its shape and filled with one number. Zeros take no memory before they are read. */
export function makeStates(params: readonly Parameter[], value = 0): ParameterStates {
  const root = new Map<PathPart, OptVariable | ParameterStates>();
  for (const { path, value: param } of params) {
    let branch = root;
    for (const part of path.slice(0, -1)) {
      if (!branch.has(part)) branch.set(part, new Map());
      branch = branch.get(part) as typeof root;
    }
    branch.set(path.at(-1)!, new OptVariable(value === 0 ? new PendingZeros(param.shape, 'float32') : filled(param.shape, value)));
  }
  return root;
}

/** The Variables of these parameters, in their order. */
export function statesOf(states: ParameterStates, params: readonly Parameter[]): OptVariable[] {
  return params.map(({ path }) => path.reduce((branch, part) => (branch as ParameterStates).get(part)!, states as unknown) as OptVariable);
}

function filled(shape: readonly number[], value: number): tf.Tensor {
  return tf.tidy(() => tf.broadcastTo(tf.scalar(value), [...shape]));
}

/** Which number a count's tensor holds. Reading it from the device at every step would wait for all that is under way. */
const counts = new WeakMap<tf.Tensor, number>();

/** A count of steps in a Variable: an int32 scalar, as in optax. */
export function readCount(count: OptState): number {
  const tensor = count.value;
  if (!counts.has(tensor)) counts.set(tensor, tensor.dataSync()[0]!);
  return counts.get(tensor)!;
}

/** Counts one step more, and gives the count before it. */
export function advance(count: OptState): number {
  const before = readCount(count);
  count.value = tf.scalar(before + 1, 'int32');
  counts.set(count.value, before + 1);
  return before;
}

/** A count at 0. */
export function makeCount(): OptArray {
  return new OptArray(new PendingZeros([], 'int32'));
}
