/** @file `jax.random`: what is drawn from a key, in plain arrays. The same names, so that it is used as `random.normal(key, shape)`. */
export { bernoulli } from './bernoulli.ts';
export { randomBits as bits } from './bits.ts';
export { foldIn, isKey, key, keyFromData as wrapKeyData, split } from './key.ts';
export { normal } from './normal.ts';
export { permutation } from './permutation.ts';
export { randint } from './randint.ts';
export { truncatedNormal } from './truncated-normal.ts';
export { uniform } from './uniform.ts';
