import { onnxNode } from './shared/onnx.ts';
import { p } from '../spec/params.ts';
import type { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { exponentialUnit } from './shared/exponential-unit.ts';
import { torchCall } from './shared/pytorch.ts';
import { emitKeras } from './shared/keras.ts';

/** x where x > 0, else alpha · (exp(x) - 1); the derivative at 0 is alpha. Port of nnx.elu; Clevert et al. 2015, arXiv:1511.07289. */
export function elu(x: tf.Tensor, { alpha = 1 }: { readonly alpha?: number } = {}): tf.Tensor {
  return exponentialUnit(x, { alpha });
}

export const eluOp = defineElementwiseOp({
  type: 'elu',
  doc: 'Keeps positive numbers and bends negative ones towards -alpha.',
  keywords: ['exponential linear unit'],
  params: { alpha: p.float({ default: 1, step: 0.1, doc: 'How far below 0 the output can get.' }) },
  apply: elu,
  keras: emitKeras('elu', { alpha: 'alpha' }),
  flax: 'nnx.elu',
  pytorch: torchCall('F.elu', ({ option }) => option('alpha', 'alpha', 1)),
  onnx: onnxNode('Elu', ({ alpha }) => ({ alpha: { float: Number(alpha) } })),
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { alpha: 0.5 }, inputs: { x: { shape: [4] } } }],
});
