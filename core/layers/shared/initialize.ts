/** @file Drawing the first value of a parameter. */
import { ValueError } from '../../nnx/errors.ts';
import { Rngs } from '../../nnx/rngs.ts';
import { Param } from '../../nnx/variable.ts';
import type { Initializer } from '../../random/initializers.ts';
import { toInitializer } from '../../spec/initializers.ts';
import type { InitializerValue } from '../../spec/params.ts';
import { formatShape } from '../../spec/shape.ts';
import { tf } from '../../tensor/tf.ts';

/** First values that are no tensor yet: while others are drawn, which may fail, nothing can be left behind. */
export interface Drawn {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/**
 * First values for a parameter of a shape. Draws one key of the stream `params`, whatever the initializer, as Flax does.
 * `fanShape`, of as many elements, is what the initializer sees where its fans are not those of the shape itself.
 * @throws TypeError without `rngs`. @throws ValueError if the initializer gives another number of values.
 */
export function draw(rngs: Rngs, init: InitializerValue | Initializer, shape: readonly number[], fanShape = shape): Drawn {
  if (!(rngs instanceof Rngs))
    throw new TypeError(`Expected rngs to draw first values from, got ${String(rngs)}. Pass { rngs: new Rngs(0) }.`);
  const values = toInitializer(init)(rngs.params(), fanShape);
  const size = shape.reduce((product, length) => product * length, 1);
  if (values.length !== size) {
    throw new ValueError(
      `The initializer should give ${size} values, for the shape ${formatShape(fanShape)}, but gave ${values.length}. ` +
        'Make it return one number for each element of the shape that it is given.',
    );
  }
  return { values, shape };
}

export function tensorOf({ values, shape }: Drawn): tf.Tensor {
  return tf.tensor(values, [...shape], 'float32');
}

/** `draw`, as a tensor. */
export function drawTensor(rngs: Rngs, init: InitializerValue | Initializer, shape: readonly number[]): tf.Tensor {
  return tensorOf(draw(rngs, init, shape));
}

/** A Param with its first values. */
export function toParam(drawn: Drawn): Param {
  return new Param(tensorOf(drawn));
}
