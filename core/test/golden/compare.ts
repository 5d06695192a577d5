/** @file Holds what our Modules give against what Flax gave. */
import { expect } from 'vitest';
import { isRecordedTensor, recordedNumbers, type Recorded, type RecordedState, type RecordedTensor } from '../../fixtures/load.ts';
import { toSnakeCase } from '../../nnx/names.ts';
import { compareText } from '../../nnx/path.ts';
import { RngState } from '../../nnx/rngs.ts';
import { typeNameOf } from '../../nnx/type-name.ts';
import type { Variable } from '../../nnx/variable.ts';
import { isKey } from '../../random/key.ts';
import { tf } from '../../tensor/tf.ts';

export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** What every recorded number is held to, gradients too, on the CPU and on WebGL alike. The exceptions are those below, and no others. */
export const CLOSE: Tolerance = { rtol: 1e-5, atol: 1e-6 };

/** For whole example models: long sums over a batch, whose roundings depend on the order of the terms. */
export const LONG: Tolerance = { rtol: 1e-4, atol: 1e-5 };

/** For random numbers of a distribution, which are held closer. Orthogonal matrices are `CLOSE`: JAX decomposes them in float32. */
export const RANDOM: Tolerance = { rtol: 1e-6, atol: 1e-7 };

/** For keys, bits, uniform numbers and masks. */
export const EXACT: Tolerance = { rtol: 0, atol: 0 };

/** For layers of half precision: Flax rounds to 11 bits on the way; here nothing is rounded. */
export const HALF: Tolerance = { rtol: 2e-3, atol: 2e-3 };

/** Tensors in arrays against their recordings, place by place. */
export function expectRecorded(actual: unknown, recorded: Recorded | undefined, within: Tolerance, place: string): void {
  if (isRecordedTensor(recorded)) {
    if (!(actual instanceof tf.Tensor)) throw new TypeError(`${place} should be a tensor but is ${typeNameOf(actual)}.`);
    expect(actual.shape, `shape of ${place}`).toEqual(recorded.shape);
    const numbers = recordedNumbers(recorded);
    // The shortest decimals that read back as the same float32 are not that float32 yet.
    expectClose([...actual.dataSync()], recorded.dtype === 'float32' ? numbers.map(Math.fround) : numbers, within, place);
    return;
  }
  if (!Array.isArray(recorded)) throw new TypeError(`${place} was recorded as ${JSON.stringify(recorded)}, not as tensors.`);
  const parts = actual as readonly unknown[];
  expect(parts.length, `parts of ${place}`).toBe(recorded.length);
  for (const [i, part] of (recorded as readonly Recorded[]).entries()) expectRecorded(parts[i], part, within, `${place}[${i}]`);
}

/** Numbers against numbers, NaN equal to NaN; the message shows the worst of them. */
export function expectClose(actual: readonly number[], expected: readonly number[], { rtol, atol }: Tolerance, place: string): void {
  expect(actual.length, `size of ${place}`).toBe(expected.length);
  const excess = expected.map((value, i) => {
    if (Object.is(actual[i], value) || actual[i] === value) return 0;
    const allowed = atol + rtol * Math.abs(value);
    return Math.abs(actual[i]! - value) <= allowed ? 0 : Math.abs(actual[i]! - value) / allowed || Infinity;
  });
  const worst = excess.indexOf(Math.max(...excess));
  if (excess.length > 0 && excess[worst]! > 0)
    expect.fail(
      `${place}[${worst}] is ${actual[worst]} where Flax gives ${expected[worst]} (${excess[worst]!.toFixed(1)} times the tolerance); all: ${actual.slice(0, 12).join(', ')}`,
    );
}

export type FlatVariables = readonly (readonly [path: readonly (string | number)[], variable: Variable<unknown>])[];

/** Variables against a recorded State: the same paths in Flax's spelling and order, the same types, close values. */
export function expectRecordedState(actual: FlatVariables, recorded: RecordedState, within: Tolerance, place: string): void {
  const named = actual.map(([path, variable]) => [flaxPath(path), variable] as const).sort(([a], [b]) => compareText(a, b));
  const wanted = recorded.map((entry) => [entry.path.flat().join('/'), entry] as const).sort(([a], [b]) => compareText(a, b));
  expect(
    named.map(([path, variable]) => `${path}: ${typeNameOf(variable)}`),
    `Variables of ${place}`,
  ).toEqual(wanted.map(([path, { type }]) => `${path}: ${type}`));
  for (const [i, [path, { value }]] of wanted.entries()) expectRecorded(named[i]![1].value, value, within, `${place} ${path}`);
}

/** The streams among Variables against a recorded State. Keys and counts are numbers here and unsigned tensors there. */
export function expectStreams(actual: FlatVariables, recorded: RecordedState): void {
  const streams = actual.filter(([, variable]) => variable instanceof RngState);
  const numbers = streams.map(([path, { value }]) => [flaxPath(path), isKey(value) ? [...value.data] : [value]]);
  const wanted = recorded.map(({ path, value }) => [path.join('/'), [...(value as RecordedTensor).data]]);
  expect(Object.fromEntries(numbers)).toEqual(Object.fromEntries(wanted));
}

/** A path of ours in Flax's spelling. */
export function flaxPath(path: readonly (string | number)[]): string {
  // Method outputs are recorded under Flax's name already.
  return path.map((part) => (typeof part === 'string' && part !== '__call__' ? toSnakeCase(part) : part)).join('/');
}
