/** @file How far numbers from another library are from the recorded ones. */
import type { StoredTensor } from '../weights/safetensors.ts';
import type { Named } from './record-model.ts';

/** What is found of one output. */
export interface Compared {
  readonly name: string;
  /** The largest difference, relative to the largest magnitude of the recorded tensor; Infinity where shapes or what is not finite differ. */
  readonly difference: number;
}

/** Where two libraries add up in another order, this is left. */
export const TOLERANCE = 1e-4;

/** In the order of the outputs. What is missing differs without limit. */
export function compareOutputs(
  recorded: readonly Named[],
  got: readonly (Pick<StoredTensor, 'shape' | 'data'> | undefined)[],
): readonly Compared[] {
  return recorded.map(({ name, tensor }, i) => ({ name, difference: differenceOf(tensor, got[i]) }));
}

function differenceOf(expected: StoredTensor, got: Pick<StoredTensor, 'shape' | 'data'> | undefined): number {
  if (!got || got.shape.length !== expected.shape.length || got.shape.some((length, i) => length !== expected.shape[i])) return Infinity;
  let [largest, difference] = [0, 0];
  for (let i = 0; i < expected.data.length; i++) {
    const [a, b] = [expected.data[i]!, got.data[i]!];
    if (Number.isFinite(a)) largest = Math.max(largest, Math.abs(a));
    if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
    difference = Math.max(difference, Math.abs(a - b));
  }
  // A tensor of zeros has no magnitude: then the difference itself counts.
  return difference / (largest || 1);
}
