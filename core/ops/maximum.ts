import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitCall } from './shared/python.ts';
import { torchCall } from './shared/pytorch.ts';
import { emitKeras } from './shared/keras.ts';

/**
 * The larger of the two, number by number; equal ones share the gradient by halves, NaN wins. Shapes broadcast as in NumPy, and the wider
 * type holds both. The caller disposes the result. Port of jnp.maximum.
 * @throws Error for shapes that do not broadcast.
 */
export function maximum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.maximum(a, b);
}

export const maximumOp = defineBroadcastOp({
  type: 'maximum',
  doc: 'Takes the larger of two numbers, place by place.',
  keywords: ['max', 'element-wise', 'clamp'],
  apply: maximum,
  keras: emitKeras('maximum'),
  flax: emitCall('jnp.maximum'),
  pytorch: torchCall('torch.maximum'),
  onnx: onnxBroadcast('Max'),
});
