/** @file Random orders. Port of jax.random.permutation, equal to JAX. */
import { randomBits, sizeOf } from './bits.ts';
import { type Key, split } from './key.ts';

/** A random order of 0 … n − 1: `jax.random.permutation(key, n)`. */
export function permutation(key: Key, n: number): Int32Array {
  const size = sizeOf([n]);
  // JAX sorts by random words, often enough that collisions of words leave no bias.
  const rounds = Math.ceil((3 * Math.log(Math.max(1, size))) / Math.log(2 ** 32 - 1));
  const order = Int32Array.from({ length: size }, (_, i) => i);
  let rest = key;
  for (let round = 0; round < rounds; round++) {
    const [next, subkey] = split(rest, 2) as [Key, Key];
    rest = next;
    sortByWords(order, randomBits(subkey, [size]));
  }
  return order;
}

/** Sorts `values` by `words`, stably. Position and word share a float64 exactly while there are at most 2²¹ values. */
function sortByWords(values: Int32Array, words: Uint32Array): void {
  const before = values.slice();
  if (values.length <= 2 ** 21) {
    const packed = new Float64Array(values.length);
    for (let i = 0; i < packed.length; i++) packed[i] = words[i]! * 2 ** 21 + i;
    packed.sort();
    for (let i = 0; i < packed.length; i++) values[i] = before[packed[i]! % 2 ** 21]!;
    return;
  }
  const positions = Uint32Array.from({ length: values.length }, (_, i) => i);
  positions.sort((a, b) => words[a]! - words[b]! || a - b);
  for (let i = 0; i < positions.length; i++) values[i] = before[positions[i]!]!;
}
