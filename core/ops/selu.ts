import type { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { exponentialUnit } from './shared/exponential-unit.ts';

const SCALE = 1.0507009873554805;
const ALPHA = 1.6732632423543772;

/** 1.0507 · (x where x > 0, else 1.6733 · (exp(x) - 1)); the derivative at 0 is 1.7581. Port of nnx.selu; arXiv:1706.02515. */
export function selu(x: tf.Tensor): tf.Tensor {
  return exponentialUnit(x, { scale: SCALE, alpha: ALPHA });
}

export const seluOp = defineElementwiseOp({
  type: 'selu',
  doc: 'A scaled elu that keeps mean 0 and variance 1 from layer to layer.',
  keywords: ['self-normalizing', 'scaled exponential linear unit'],
  apply: selu,
  keras: 'selu',
  flax: 'nnx.selu',
  pytorch: 'F.selu',
  onnx: 'Selu',
});
