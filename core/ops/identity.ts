import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { read } from './shared/ports.ts';

/** The same numbers in a tensor of their own, which the caller disposes like any other. Port of nnx.identity. */
export function identity(x: tf.Tensor): tf.Tensor {
  return tf.clone(x);
}

export const identityOp = defineElementwiseOp({
  type: 'identity',
  doc: 'Passes its input through unchanged.',
  keywords: ['pass', 'linear', 'no-op'],
  apply: identity,
  dtypes: ['float32', 'int32', 'bool'],
  pytorch: { layout: 'any', write: ({ x }) => x! },
  keras: (inputs) => read(inputs, 'x'),
  flax: (inputs) => read(inputs, 'x'),
  onnx: 'Identity',
});
