import { onnxPool } from './shared/pooling-onnx.ts';
import { maxPool as pool } from '../tensor/pool.ts';
import type { tf } from '../tensor/tf.ts';
import { definePoolingOp, type PoolingOptions, poolOver } from './shared/pooling.ts';

/** The largest number of each window over the spatial axes; features last. Of equal numbers the first gets the gradient. Port of nnx.max_pool. */
export function maxPool(x: tf.Tensor, window: number | readonly number[], options: PoolingOptions = {}): tf.Tensor {
  return poolOver(x, window, options, pool);
}

export const maxPoolOp = definePoolingOp({
  type: 'maxPool',
  doc: 'The largest number of each window that slides over the spatial axes.',
  keywords: ['max pooling', 'downsample'],
  apply: (x, { window, ...options }) => maxPool(x, window, options),
  keras: 'max_pool',
  flax: 'nnx.max_pool',
  onnx: onnxPool('MaxPool'),
});
