import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitCall } from './shared/python.ts';
import { torchCall } from './shared/pytorch.ts';
import { emitKeras } from './shared/keras.ts';

/**
 * The smaller of the two, number by number; equal ones share the gradient by halves, NaN wins. Shapes broadcast as in NumPy, and the wider
 * type holds both. The caller disposes the result. Port of jnp.minimum.
 * @throws Error for shapes that do not broadcast.
 */
export function minimum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.minimum(a, b);
}

export const minimumOp = defineBroadcastOp({
  type: 'minimum',
  doc: 'Takes the smaller of two numbers, place by place.',
  keywords: ['min', 'element-wise', 'clamp'],
  apply: minimum,
  keras: emitKeras('minimum'),
  flax: emitCall('jnp.minimum'),
  pytorch: torchCall('torch.minimum'),
  onnx: onnxBroadcast('Min'),
});
