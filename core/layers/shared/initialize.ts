/** @file Drawing the first value of a parameter. */
import { ValueError } from '../../nnx/errors.ts';
import type { Rngs } from '../../nnx/rngs.ts';
import { Param } from '../../nnx/variable.ts';
import type { Initializer } from '../../random/initializers.ts';
import { toInitializer } from '../../spec/initializers.ts';
import type { InitializerValue } from '../../spec/params.ts';
import { formatShape } from '../../spec/shape.ts';
import { tf } from '../../tensor/tf.ts';

/**
 * First values for a parameter of a shape. Draws one key of the stream `params`, whatever the initializer, as Flax does.
 * `fanShape`, of as many elements, is what the initializer sees where its fans are not those of the shape itself.
 * @throws ValueError if the initializer gives another number of values.
 */
export function drawTensor(rngs: Rngs, init: InitializerValue | Initializer, shape: readonly number[], fanShape = shape): tf.Tensor {
  const values = toInitializer(init)(rngs.params(), fanShape);
  const size = shape.reduce((product, length) => product * length, 1);
  if (values.length !== size) {
    throw new ValueError(
      `The initializer should give ${size} values, for the shape ${formatShape(fanShape)}, but gave ${values.length}. ` +
        'Make it return one number for each element of the shape that it is given.',
    );
  }
  return tf.tensor(values, [...shape], 'float32');
}

/** A Param with its first values. */
export function drawParam(rngs: Rngs, init: InitializerValue | Initializer, shape: readonly number[], fanShape = shape): Param {
  return new Param(drawTensor(rngs, init, shape, fanShape));
}
