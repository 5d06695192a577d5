/** @file Random numbers in bulk, a chunk at a time: by WebAssembly where it can be had, else in plain JavaScript. */
import type { Key } from './key.ts';
import { compileKernel, type Kernel, plainKernel } from './kernel.ts';

/** How many numbers to make at a time: few enough to stay in the processor's nearest cache. */
export const CHUNK = 1024;

let kernel: Kernel | undefined;

/**
 * The random words number `start` and on, `count` of them: what `jax.random.bits` gives. At most `CHUNK`, and `start` a multiple
 * of it. The array is longer and shared: the next call of either function overwrites it.
 */
export function randomWords(key: Key, start: number, count: number): Int32Array {
  kernel ??= compileKernel(CHUNK) ?? plainKernel(CHUNK);
  // The counter of a block has 64 bits; within a chunk its high word stays the same.
  kernel.fillWords(key.data[0], key.data[1], Math.floor(start / 2 ** 32), start % 2 ** 32, count);
  return kernel.words;
}

/** The normal numbers that `jax.random.normal` makes of those words, under the same conditions. */
export function randomNormals(key: Key, start: number, count: number): Float32Array {
  randomWords(key, start, count);
  kernel!.fillNormals(count);
  return kernel!.normals;
}
