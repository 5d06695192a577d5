/** @file Recordings of JAX, for the tests of this folder. */
import cases from '../../fixtures/recorded/tensor.json' with { type: 'json' };
import { valueAndGradients } from '../gradients.ts';
import { countTensors } from '../memory.ts';
import { tf } from '../tf.ts';
import { expectAllClose, type Tolerance } from './all-close.ts';

interface Recorded {
  readonly shape: readonly number[];
  readonly values: readonly (number | string | null)[];
}

/** A call of JAX with its result, and the gradients of sum(cos(1.7 i + 0.4) * y_i). */
export interface RecordedCase {
  readonly op: string;
  readonly options: unknown;
  readonly xs: readonly Recorded[];
  readonly y: Recorded;
  readonly grads?: readonly Recorded[];
}

/** The recorded calls of one op, with a title each. */
export function recordedCases(op: string): (RecordedCase & { readonly title: string })[] {
  const all = cases as unknown as RecordedCase[];
  return all
    .filter((entry) => entry.op === op)
    .map((entry) => ({ ...entry, title: `[${entry.xs.map((x) => x.shape.join(', ')).join('] [')}] ${JSON.stringify(entry.options)}` }));
}

/** Throws unless `f` gives the recorded result and gradients, and leaves no tensor behind. */
export function expectAsRecorded(entry: RecordedCase, f: (...xs: tf.Tensor[]) => tf.Tensor, tolerance: Tolerance = {}): void {
  const before = countTensors();
  const xs = entry.xs.map((x) => tf.tensor(numbers(x), [...x.shape]));
  const size = entry.y.values.length;
  const dy = tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.cos(1.7 * i + 0.4)),
    [...entry.y.shape],
  );
  const { value, grads } = valueAndGradients(() => f(...xs), xs, dy);
  compare(value, entry.y, tolerance);
  entry.grads?.forEach((expected, i) => compare(grads[i]!, expected, tolerance));
  tf.dispose([xs, grads, value, dy]);
  if (countTensors() !== before) throw new Error(`The call left ${countTensors() - before} tensors behind.`);
}

function compare(actual: tf.Tensor, expected: Recorded, tolerance: Tolerance): void {
  if (String(actual.shape) !== String(expected.shape)) throw new Error(`Expected the shape [${expected.shape}], got [${actual.shape}].`);
  expectAllClose(actual, numbers(expected), tolerance);
}

function numbers({ values }: Recorded): Float32Array {
  return Float32Array.from(values, (value) =>
    value === null ? NaN : value === 'inf' ? Infinity : value === '-inf' ? -Infinity : Number(value),
  );
}
