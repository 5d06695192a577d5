/** @file What an initialiser is. */
import type { Key } from './key.ts';

/** Makes the initial values of a parameter of some shape, in row-major order. The same key and shape give the same values. */
export type Initializer = (key: Key, shape: readonly number[]) => Float32Array;
