import { onnxNode } from './shared/onnx.ts';
import { setTo } from '../spec/mend.ts';
import { p } from '../spec/params.ts';
import type { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { exponentialUnit } from './shared/exponential-unit.ts';
import { rejectParam } from './shared/ports.ts';
import { torchCall } from './shared/pytorch.ts';
import { emitKeras } from './shared/keras.ts';

/** x where x > 0, else alpha · (exp(x / alpha) - 1): smooth at 0 for every alpha. Port of nnx.celu; Barron 2017, arXiv:1704.07483. */
export function celu(x: tf.Tensor, { alpha = 1 }: { readonly alpha?: number } = {}): tf.Tensor {
  return exponentialUnit(x, { alpha, width: alpha });
}

export const celuOp = defineElementwiseOp({
  type: 'celu',
  doc: 'Keeps positive numbers and bends negative ones towards -alpha, without a kink at 0.',
  keywords: ['exponential linear unit', 'continuously differentiable'],
  params: { alpha: p.float({ default: 1, step: 0.1, doc: 'How far below 0 the output can get; not 0.' }) },
  apply: celu,
  check: (_, { alpha }) => {
    if (alpha === 0) rejectParam('alpha', 'alpha other than 0', alpha, 'Set alpha to 1, or use relu.', { mends: [setTo('alpha', 1)] });
  },
  keras: emitKeras('celu', { alpha: 'alpha' }),
  flax: 'nnx.celu',
  pytorch: torchCall('F.celu', ({ option }) => option('alpha', 'alpha', 1)),
  onnx: onnxNode('Celu', ({ alpha }) => ({ alpha: { float: Number(alpha) } })),
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { alpha: 0.5 }, inputs: { x: { shape: [4] } } }],
});
