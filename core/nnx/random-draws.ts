/** @file Tensors of random numbers straight from a stream or Rngs, as in Flax: `rngs.normal([2, 3])`. Each draws one key. */
import { axisOf } from '../random/axis-of.ts';
import { bernoulli } from '../random/bernoulli.ts';
import { randomBits } from '../random/bits.ts';
import type { Initializer } from '../random/initializer.ts';
import type { Key } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import { permutation } from '../random/permutation.ts';
import { randint } from '../random/randint.ts';
import { truncatedNormal } from '../random/truncated-normal.ts';
import { uniform, type UniformRange } from '../random/uniform.ts';
import { type FanAxes, glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform } from '../random/variance-scaling.ts';
import { tf } from '../tensor/tf.ts';
import { Pytree } from './pytree.ts';

type Shape = readonly number[];

/** Makes a tensor of a shape with a new key at every call. */
export type KeylessInitializer = (shape: Shape) => tf.Tensor;

/**
 * What streams and Rngs can draw: what `jax.random` gives for the next key. Every tensor is the caller's; nothing is made when a shape
 * is wrong. All are float32 unless they say otherwise. Without a shape, a scalar.
 */
export abstract class RandomDraws extends Pytree {
  /** The next key; for Rngs, of the stream `default`. */
  abstract next(): Key;

  /** Uniform in [min, max), 0 and 1 unless given. */
  uniform(shape: Shape = [], range?: UniformRange): tf.Tensor {
    return tf.tensor(uniform(this.next(), shape, range), [...shape]);
  }

  /** Normal with mean 0 and standard deviation 1. */
  normal(shape: Shape = []): tf.Tensor {
    return tf.tensor(normal(this.next(), shape), [...shape]);
  }

  /** Standard normal, kept in [lower, upper]. */
  truncatedNormal(lower: number, upper: number, shape: Shape = []): tf.Tensor {
    return tf.tensor(truncatedNormal(this.next(), lower, upper, shape), [...shape]);
  }

  /** true with probability `p`, half unless given; dtype bool. */
  bernoulli(p = 0.5, shape: Shape = []): tf.Tensor {
    return tf.tensor(bernoulli(this.next(), p, shape), [...shape], 'bool');
  }

  /** Whole numbers in [min, max); dtype int32. */
  randint(shape: Shape, min: number, max: number): tf.Tensor {
    return tf.tensor(randint(this.next(), shape, min, max), [...shape], 'int32');
  }

  /** A random order of 0 … n − 1, dtype int32; or the slices of a tensor along an axis, the first unless given, in random order. */
  permutation(n: number | tf.Tensor, axis = 0): tf.Tensor {
    const size = typeof n === 'number' ? n : n.shape[axisOf(axis, n.shape)]!;
    const order = tf.tensor1d(permutation(this.next(), size), 'int32');
    if (typeof n === 'number') return order;
    const shuffled = tf.gather(n, order, axisOf(axis, n.shape));
    order.dispose();
    return shuffled;
  }

  /** Unsigned 32-bit words, as numbers: TensorFlow.js has no such dtype. */
  bits(shape: Shape = []): Uint32Array {
    return randomBits(this.next(), shape);
  }

  lecunNormal(axes?: FanAxes): KeylessInitializer {
    return keyless(this, lecunNormal(axes));
  }

  lecunUniform(axes?: FanAxes): KeylessInitializer {
    return keyless(this, lecunUniform(axes));
  }

  glorotNormal(axes?: FanAxes): KeylessInitializer {
    return keyless(this, glorotNormal(axes));
  }

  glorotUniform(axes?: FanAxes): KeylessInitializer {
    return keyless(this, glorotUniform(axes));
  }

  heNormal(axes?: FanAxes): KeylessInitializer {
    return keyless(this, heNormal(axes));
  }

  heUniform(axes?: FanAxes): KeylessInitializer {
    return keyless(this, heUniform(axes));
  }
}

function keyless(source: RandomDraws, initializer: Initializer): KeylessInitializer {
  return (shape) => tf.tensor(initializer(source.next(), shape), [...shape]);
}
