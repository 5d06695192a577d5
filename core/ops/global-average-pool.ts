import { defineOp } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { read, requireFloat, requireRank } from './shared/ports.ts';
import { isName, operand } from './shared/python.ts';
import { axesText, rankOf } from './shared/pytorch.ts';
import { kerasOps, kerasRank } from './shared/keras.ts';

/** The mean over all axes between the first, the batch, and the last, the channels. */
export function globalAveragePool(x: tf.Tensor): tf.Tensor {
  return tf.mean(x, spatialAxes(x.rank));
}

const spatialAxes = (rank: number) => Array.from({ length: rank - 2 }, (_, i) => i + 1);

export const globalAveragePoolOp = defineOp({
  type: 'globalAveragePool',
  family: 'pooling',
  doc: 'The mean of each channel over the whole image or sequence.',
  keywords: ['gap', 'mean', 'spatial'],
  params: {},
  inputs: { x: port({ minRank: 3, doc: 'Batch first, channels last.' }) },
  outputs: { y: port() },
  infer: (inputs) => {
    const x = read(inputs, 'x');
    requireFloat(x);
    requireRank(x, 'x', 3);
    return { y: { shape: [x.shape[0]!, x.shape.at(-1)!], dtype: 'float32' } };
  },
  apply: (inputs) => globalAveragePool(read(inputs, 'x')),
  emit: {
    keras: (inputs, context) => {
      const axes = Array.from({ length: Math.max(kerasRank(context) - 2, 0) }, (_, i) => i + 1);
      const x = read(inputs, 'x');
      return axes.length === 0 ? x : kerasOps(context, 'mean', x, `axis=(${axes.join(', ')}${axes.length === 1 ? ',' : ''})`);
    },
    pytorch: {
      layout: 'inner',
      write: ({ x }, context) => {
        const first = context.layout('x') > 0 ? 2 : 1;
        const axes = Array.from({ length: rankOf(context) - 2 }, (_, i) => i + first);
        return `${operand(x!)}.mean(dim=${axesText(axes)})`;
      },
    },
    flax: (inputs) => {
      const mean = 'x.mean(axis=tuple(range(1, x.ndim - 1)))';
      const x = read(inputs, 'x');
      // Names x twice, so that anything but a name goes through a function.
      return isName(x) ? mean.replaceAll(/\bx\b/g, x) : `(lambda x: ${mean})(${x})`;
    },
  },
  onnx: ({ x }, { node, ints }) => node('ReduceMean', [x!.name, ints(x!.shape.slice(2).map((_, i) => i + 1))], { keepdims: 0 }),
  examples: [{ inputs: { x: { shape: [2, 3, 2, 2] } } }, { inputs: { x: { shape: [2, 3, 2] } } }],
});
