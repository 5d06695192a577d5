import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { read } from './shared/ports.ts';
import { operand } from './shared/python.ts';

/** -x. The result has the shape of x; the caller disposes it. Port of jnp.negative. */
export function negative(x: tf.Tensor): tf.Tensor {
  return tf.neg(x);
}

export const negativeOp = defineElementwiseOp({
  type: 'negative',
  family: 'arithmetic',
  doc: 'Turns the sign around.',
  keywords: ['minus', 'negate'],
  apply: negative,
  dtypes: ['float32', 'int32'],
  pytorch: { layout: 'any', write: ({ x }) => `-${operand(x!)}` },
  keras: (inputs) => `-${operand(read(inputs, 'x'))}`,
  flax: (inputs) => `-${operand(read(inputs, 'x'))}`,
  onnx: 'Neg',
});
