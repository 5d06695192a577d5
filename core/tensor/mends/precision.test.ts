import { describe, expect, it } from 'vitest';
import cases from '../../fixtures/recorded/precision.json' with { type: 'json' };
import { logSoftmax, logSumExp } from '../softmax.ts';
import { tf } from '../tf.ts';

/** Of x, as the recording has it. */
const FUNCTIONS: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  log: tf.log,
  log1p: tf.log1p,
  exp: tf.exp,
  expm1: tf.expm1,
  erf: tf.erf,
  softplus: tf.softplus,
  sigmoid: tf.sigmoid,
  logSigmoid: tf.logSigmoid,
  tanh: tf.tanh,
  elu: tf.elu,
  logSumExp: (x) => logSumExp(tf.stack([x, tf.zerosLike(x)]), 0),
  logSoftmax: (x) => tf.gather(logSoftmax(tf.stack([x, tf.zerosLike(x)]), 0), 0),
  logit: (x) => tf.sub(tf.log(x), tf.log1p(tf.neg(x))),
  entropy: (x) => tf.neg(tf.mul(x, tf.log(x))),
};

/** Bits as whole numbers in the order of the floats, so that neighbours differ by 1, and -0 equals 0. */
function ordinal(x: number): number {
  const bits = new Int32Array(Float32Array.of(x).buffer)[0]!;
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
}

describe('numbers on a real GPU, whose own exp and log are approximations', () => {
  it.each(cases)('$op is within 4 units in the last place of JAX', ({ op, x, y }) => {
    const got = tf.tidy(() => FUNCTIONS[op]!(tf.tensor1d(x, 'float32')).dataSync());
    const wrong = y.flatMap((expected, i) => {
      const ulps = Math.abs(ordinal(got[i]!) - ordinal(expected));
      return ulps <= 4 ? [] : [`at ${x[i]}: expected ${expected}, got ${got[i]}, ${ulps} off`];
    });
    expect(wrong).toEqual([]);
  });
});
