/** @file Drawing the first value of a parameter. */
import { ValueError } from '../../nnx/errors.ts';
import { Rngs } from '../../nnx/rngs.ts';
import { Param, Pending } from '../../nnx/variable.ts';
import type { Initializer } from '../../random/initializers.ts';
import { toInitializer } from '../../spec/initializers.ts';
import type { InitializerValue } from '../../spec/params.ts';
import { formatShape } from '../../spec/shape.ts';
import { tf } from '../../tensor/tf.ts';

/**
 * First values that are no tensor yet: while others are drawn, which may fail, nothing can be left behind. The key has been drawn; of a large
 * parameter the numbers are drawn when somebody reads them, so that a model is described without any.
 */
export interface Drawn {
  readonly values: () => Float32Array;
  readonly shape: readonly number[];
  /** The numbers are there. */
  readonly isDrawn: boolean;
}

/** Parameters of more numbers wait until they are read. */
const LARGE = 4096;
let most = LARGE;

/** Makes Modules none of whose first values are drawn before they are read: for shapes alone, where there may be no backend. */
export function withoutNumbers<T>(make: () => T): T {
  const before = most;
  most = -1;
  try {
    return make();
  } finally {
    most = before;
  }
}

/**
 * First values for a parameter of a shape. Draws one key of the stream `params`, whatever the initializer, as Flax does.
 * `fanShape`, of as many elements, is what the initializer sees where its fans are not those of the shape itself.
 * @throws TypeError without `rngs`. @throws ValueError if the initializer gives another number of values.
 */
export function draw(rngs: Rngs, init: InitializerValue | Initializer, shape: readonly number[], fanShape = shape): Drawn {
  if (!(rngs instanceof Rngs))
    throw new TypeError(`Expected rngs to draw first values from, got ${String(rngs)}. Pass { rngs: new Rngs(0) }.`);
  const initializer = toInitializer(init);
  const key = rngs.params();
  const size = shape.reduce((product, length) => product * length, 1);
  if (size > most && typeof init !== 'function') {
    // What it says of a wrong number of axes, it says of a small shape, too.
    initializer(key, smallShape(fanShape));
    return { values: () => initializer(key, fanShape), shape, isDrawn: false };
  }
  const values = initializer(key, fanShape);
  if (values.length !== size) {
    throw new ValueError(
      `The initializer should give ${size} values, for the shape ${formatShape(fanShape)}, but gave ${values.length}. ` +
        'Make it return one number for each element of the shape that it is given.',
    );
  }
  return { values: () => values, shape, isDrawn: true };
}

/** As many axes, of 1 and 2, in which the last two compare as they did. */
function smallShape(shape: readonly number[]): number[] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  const last = rows > columns ? [2, 1] : rows < columns ? [1, 2] : [2, 2];
  return [...shape.slice(0, -2).map((length) => Math.min(length, 2)), ...last.slice(-Math.min(2, shape.length))];
}

/** The tensor, or for large ones what makes it when it is read. */
export function tensorOf({ values, shape, isDrawn }: Drawn): tf.Tensor | Pending {
  const make = (): tf.Tensor => tf.tensor(values(), [...shape], 'float32');
  return isDrawn ? make() : new Pending(shape, 'float32', make);
}

/** A Param with its first values. */
export function toParam(drawn: Drawn): Param {
  return new Param(tensorOf(drawn));
}

/** One number everywhere, for statistics: made at once, or for large ones when it is read. */
export function filled(value: number, shape: readonly number[]): tf.Tensor | Pending {
  const size = shape.reduce((product, length) => product * length, 1);
  const make = (): tf.Tensor => tf.tensor(new Float32Array(size).fill(value), [...shape]);
  return size > most ? new Pending(shape, 'float32', make) : make();
}
