import { onnxPool } from './shared/pooling-onnx.ts';
import { p } from '../spec/params.ts';
import { avgPool as pool } from '../tensor/pool.ts';
import type { tf } from '../tensor/tf.ts';
import { definePoolingOp, type PoolingOptions, poolOver } from './shared/pooling.ts';

export interface AvgPoolingOptions extends PoolingOptions {
  /** Whether padding counts as numbers, of value 0. */
  readonly countIncludePad?: boolean;
}

/** The mean of each window over the spatial axes; features last. Port of nnx.avg_pool. */
export function avgPool(
  x: tf.Tensor,
  window: number | readonly number[],
  { countIncludePad = true, ...options }: AvgPoolingOptions = {},
): tf.Tensor {
  return poolOver(x, window, options, (batched, sizes, rest) => pool(batched, sizes, { ...rest, countIncludePad }));
}

export const avgPoolOp = definePoolingOp({
  type: 'avgPool',
  doc: 'The mean of each window that slides over the spatial axes.',
  keywords: ['average pooling', 'mean', 'downsample'],
  params: { countIncludePad: p.bool({ default: true, doc: 'Count padding as numbers of value 0 in the mean.' }) },
  apply: (x, { window, ...options }) => avgPool(x, window, options),
  keras: 'average_pool',
  flax: 'nnx.avg_pool',
  onnx: onnxPool('AveragePool'),
});
