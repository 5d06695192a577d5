/** @file Random keys: two 32-bit words that never change. Port of jax.random.key, split and fold_in (threefry, partitionable). */
import { threefry2x32 } from './threefry.ts';

/** A random key, as `jax.random.key` makes it: two unsigned 32-bit words. Immutable: every use derives a new one. */
export class Key {
  /** The words, each in [0, 2³²), as `jax.random.key_data` gives them. */
  readonly data: readonly [number, number];

  constructor(high: number, low: number) {
    this.data = Object.freeze([high >>> 0, low >>> 0] as const);
    Object.freeze(this);
  }
}

/** Whether a value is a random key. */
export function isKey(value: unknown): value is Key {
  return value instanceof Key;
}

/**
 * The key of an integer seed: `jax.random.key(seed)` in 32-bit mode, which keeps the seed modulo 2³².
 * @throws TypeError if the seed is no safe integer.
 */
export function key(seed: number): Key {
  if (!Number.isSafeInteger(seed)) throw new TypeError(`A seed must be an integer, got ${String(seed)}.`);
  return new Key(0, modulo32(seed));
}

/** The key with these two words: `jax.random.wrap_key_data`. */
export function keyFromData(data: ArrayLike<number>): Key {
  if (data.length !== 2) throw new TypeError(`Key data are 2 words of 32 bits, got ${data.length} of them.`);
  return new Key(data[0]!, data[1]!);
}

/** `n` new keys, independent of each other and of `key`: `jax.random.split(key, n)`. */
export function split(key: Key, n = 2): Key[] {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`split makes a whole number of keys, got ${n}.`);
  return Array.from({ length: n }, (_, i) => block(key, Math.floor(i / 2 ** 32), i));
}

/**
 * A new key from a key and an unsigned 32-bit number: `jax.random.fold_in(key, data)`.
 * @throws RangeError if `data` is not in [0, 2³²), as in JAX.
 */
export function foldIn(key: Key, data: number): Key {
  if (!isKey(key)) throw new TypeError('fold_in accepts a single key; fold into each key of an array by itself.');
  if (!Number.isInteger(data) || data < 0 || data >= 2 ** 32)
    throw new RangeError(`foldIn takes an integer in [0, 2^32), got ${data}. Take it modulo 2^32 first.`);
  return block(key, 0, data);
}

function block(key: Key, high: number, low: number): Key {
  const words = threefry2x32(key.data[0], key.data[1], high, low);
  return new Key(words[0], words[1]);
}

function modulo32(value: number): number {
  return ((value % 2 ** 32) + 2 ** 32) % 2 ** 32;
}
