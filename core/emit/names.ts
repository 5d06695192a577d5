/** @file Names that a variable of emitted Python may not take: keywords, and what the file itself uses. */

export const PYTHON_NAMES: readonly string[] = [
  ...'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
  ...'self nnx jnp jax optax rngs model range len tuple list dict float int bool str print'.split(' '),
];
