import { writeOneOnnx } from '../spec/onnx.ts';
import { onnxPool } from './shared/pooling-onnx.ts';
import { minPool as pool } from '../tensor/pool.ts';
import type { tf } from '../tensor/tf.ts';
import { definePoolingOp, type PoolingOptions, poolOver } from './shared/pooling.ts';

/** The smallest number of each window over the spatial axes; features last. Of equal numbers the first gets the gradient. Port of nnx.min_pool. */
export function minPool(x: tf.Tensor, window: number | readonly number[], options: PoolingOptions = {}): tf.Tensor {
  return poolOver(x, window, options, pool);
}

export const minPoolOp = definePoolingOp({
  type: 'minPool',
  doc: 'The smallest number of each window that slides over the spatial axes.',
  keywords: ['min pooling', 'downsample'],
  apply: (x, { window, ...options }) => minPool(x, window, options),
  keras: 'least',
  flax: 'nnx.min_pool',
  onnx: (inputs, context) => {
    const x = { ...inputs['x']!, name: context.node('Neg', [inputs['x']!.name]) };
    return context.node('Neg', [writeOneOnnx(onnxPool('MaxPool'), { x }, context)]);
  },
});
