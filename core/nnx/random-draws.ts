/** @file Tensors of random numbers straight from a stream or Rngs, as in Flax: `rngs.normal([2, 3])`. Each draws one key. */
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

/** What streams and Rngs can draw. Every tensor is the caller's. All are float32 unless they say otherwise. */
export abstract class RandomDraws extends Pytree {
  /** The next key; for Rngs, of the stream `default`. */
  abstract next(): Key;

  /** Uniform in [min, max), 0 and 1 unless given. */
  uniform(shape: Shape, range?: UniformRange): tf.Tensor {
    return tf.tensor(uniform(this.next(), shape, range), [...shape]);
  }

  /** Normal with mean 0 and standard deviation 1. */
  normal(shape: Shape): tf.Tensor {
    return tf.tensor(normal(this.next(), shape), [...shape]);
  }

  /** Standard normal, kept in [lower, upper]. */
  truncatedNormal(lower: number, upper: number, shape: Shape): tf.Tensor {
    return tf.tensor(truncatedNormal(this.next(), lower, upper, shape), [...shape]);
  }

  /** true with probability `p`; dtype bool. */
  bernoulli(p: number, shape: Shape): tf.Tensor {
    return tf.tensor(bernoulli(this.next(), p, shape), [...shape], 'bool');
  }

  /** Whole numbers in [min, max); dtype int32. */
  randint(shape: Shape, min: number, max: number): tf.Tensor {
    return tf.tensor(randint(this.next(), shape, min, max), [...shape], 'int32');
  }

  /** A random order of 0 … n − 1; dtype int32. */
  permutation(n: number): tf.Tensor {
    return tf.tensor(permutation(this.next(), n), [n], 'int32');
  }

  /** Unsigned 32-bit words, as numbers: TensorFlow.js has no such dtype. */
  bits(shape: Shape): Uint32Array {
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
