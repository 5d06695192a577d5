import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxes } from './shared/axes.ts';
import { read } from './shared/ports.ts';
import { JNP, pythonCall } from './shared/python.ts';
import { axisOf, rankOf, torchMethod } from './shared/pytorch.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * New axes of length 1; `axis` names their places in the result, which has as many axes more. The caller disposes the result. Port of
 * jnp.expand_dims.
 * @throws RejectionError for places beyond the result, or named twice.
 */
export function expandDims(x: tf.Tensor, axis: number | readonly number[]): tf.Tensor {
  return tf.reshape(x, expand(x.shape, axis));
}

function expand<D>(shape: readonly D[], axis: number | readonly number[]): (D | 1)[] {
  const rank = shape.length + [axis].flat().length;
  const added = resolveAxes(axis, [], 'axis', rank);
  const rest = [...shape];
  return Array.from({ length: rank }, (_, i) => (added.includes(i) ? 1 : rest.shift()!));
}

export const expandDimsOp = defineOp({
  type: 'expandDims',
  family: 'shape',
  doc: 'Adds axes of length 1.',
  keywords: ['unsqueeze', 'new axis'],
  params: { axis: p.ints({ default: -1, doc: 'Where the new axes stand in the result; -1 is last.' }) },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { axis }) => {
    const x = read(inputs, 'x');
    return { y: { shape: expand(x.shape, axis), dtype: x.dtype } };
  },
  apply: (inputs, { axis }) => expandDims(read(inputs, 'x'), axis),
  emit: {
    keras: (inputs, context) => kerasOps(context, 'expand_dims', read(inputs, 'x'), `axis=${context.source('axis')}`),
    pytorch: torchMethod((x, context) => {
      const axes = [context.args['axis'] as number | readonly number[]].flat();
      if (axes.length === 1) return `${x}.unsqueeze(${Array.isArray(context.args['axis']) ? axes[0] : context.source('axis')})`;
      const rank = rankOf(context) + axes.length;
      return (
        x +
        axes
          .map((axis) => axisOf(axis, rank))
          .sort((a, b) => a - b)
          .map((axis) => `.unsqueeze(${axis})`)
          .join('')
      );
    }),
    flax: (inputs, context) => {
      context.use(JNP);
      return pythonCall('jnp.expand_dims', read(inputs, 'x'), `axis=${context.source('axis')}`);
    },
    typescript: { after: ['axis'] },
  },
  onnx: ({ x }, { args, node, ints, outputs }) => {
    const rank = outputs['y']!.shape.length;
    return node('Unsqueeze', [x!.name, ints([args['axis'] as number | number[]].flat().map((axis) => (axis < 0 ? axis + rank : axis)))]);
  },
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: [1, -1] }, inputs: { x: { shape: [2, 3] } } }],
});
