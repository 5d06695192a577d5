/** @file Drawing the first value of a parameter. */
import type { Rngs } from '../../nnx/rngs.ts';
import { Param } from '../../nnx/variable.ts';
import type { Initializer } from '../../random/initializers.ts';
import { toInitializer } from '../../spec/initializers.ts';
import type { InitializerValue } from '../../spec/params.ts';
import { tf } from '../../tensor/tf.ts';

/**
 * First values for a parameter of a shape. Draws one key of the stream `params`, whatever the initializer, as Flax does.
 * `fanShape`, of as many elements, is what the initializer sees where its fans are not those of the shape itself.
 */
export function drawTensor(rngs: Rngs, init: InitializerValue | Initializer, shape: readonly number[], fanShape = shape): tf.Tensor {
  return tf.tensor(toInitializer(init)(rngs.params(), fanShape), [...shape], 'float32');
}

/** A Param with its first values. */
export function drawParam(rngs: Rngs, init: InitializerValue | Initializer, shape: readonly number[], fanShape = shape): Param {
  return new Param(drawTensor(rngs, init, shape, fanShape));
}
