import { onnxNode } from './shared/onnx.ts';
import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { torchCall } from './shared/pytorch.ts';
import { emitKeras } from './shared/keras.ts';

/** x where x >= 0, else slope · x; the derivative at 0 is 1. Port of nnx.leaky_relu. */
export function leakyRelu(x: tf.Tensor, { negativeSlope = 0.01 }: { readonly negativeSlope?: number } = {}): tf.Tensor {
  return tf.leakyRelu(x, negativeSlope);
}

export const leakyReluOp = defineElementwiseOp({
  type: 'leakyRelu',
  doc: 'Keeps positive numbers and shrinks negative ones by a slope.',
  keywords: ['rectifier', 'lrelu'],
  params: { negativeSlope: p.float({ default: 0.01, step: 0.01, doc: 'The factor for negative numbers.' }) },
  apply: leakyRelu,
  keras: emitKeras('leaky_relu', { negativeSlope: 'negative_slope' }, ['negativeSlope']),
  flax: 'nnx.leaky_relu',
  pytorch: torchCall('F.leaky_relu', ({ option }) => option('negative_slope', 'negativeSlope', 0.01)),
  onnx: onnxNode('LeakyRelu', ({ negativeSlope }) => ({ alpha: { float: Number(negativeSlope) } })),
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { negativeSlope: 0.3 }, inputs: { x: { shape: [4] } } }],
});
