import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { sizeOf } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { read } from './shared/ports.ts';
import { isName, pythonCall } from './shared/python.ts';
import { axisOf, rankOf, torchMethod } from './shared/pytorch.ts';
import { kerasOps, needSpec, shapeSource } from './shared/keras.ts';

/**
 * All axes from `start` on become one: [batch, a, b] to [batch, a · b] with 1, the default. The caller disposes the result. Port of
 * jax.lax.collapse.
 * @throws RejectionError for a start beyond the axes.
 */
export function flatten(x: tf.Tensor, { start = 1 }: { readonly start?: number } = {}): tf.Tensor {
  const from = resolveAxis(start, x.shape, 'start', x.rank + 1);
  const rest = x.shape.slice(from).reduce((a, b) => a * b, 1);
  return tf.reshape(x, [...x.shape.slice(0, from), rest]);
}

export const flattenOp = defineOp({
  type: 'flatten',
  family: 'shape',
  doc: 'Makes one axis of all axes behind the batch.',
  keywords: ['ravel', 'collapse', 'vector'],
  params: { start: p.int({ default: 1, doc: 'The first axis that is flattened; the axes before it stay.' }) },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { start }) => {
    const x = read(inputs, 'x');
    const from = resolveAxis(start, x.shape, 'start', x.shape.length + 1);
    return { y: { shape: [...x.shape.slice(0, from), sizeOf(x.shape.slice(from))], dtype: x.dtype } };
  },
  apply: (inputs, args) => flatten(read(inputs, 'x'), args),
  emit: {
    keras: (inputs, context) => {
      const { shape } = needSpec(context);
      const start = resolveAxis(context.args['start'] as number, shape, 'start', shape.length + 1);
      const rest = shape.slice(start);
      const x = read(inputs, 'x');
      const size = rest.every((dim) => typeof dim === 'number') ? rest.reduce((product, dim) => product * dim, 1) : undefined;
      const front = shape.slice(0, start);
      if (size !== undefined) return kerasOps(context, 'reshape', x, shapeSource([...front, size], context, { name: x, dims: front }));
      // Of several lengths that are not known, those in front are asked for.
      const lengths = front.map((dim, i) => (typeof dim === 'number' ? String(dim) : `${kerasOps(context, 'shape', x)}[${i}]`));
      return kerasOps(context, 'reshape', x, `(${[...lengths, '-1'].join(', ')}${lengths.length === 0 ? ',' : ''})`);
    },
    pytorch: torchMethod((x, context) => {
      const start = context.args['start'] as number;
      // Behind the last axis there is nothing to flatten: an axis of length 1 comes.
      return axisOf(start, rankOf(context) + 1) === rankOf(context) ? `${x}.unsqueeze(-1)` : `${x}.flatten(${context.source('start')})`;
    }),
    flax: (inputs, context) => {
      const x = read(inputs, 'x');
      if (context.args['start'] === 1 && isName(x)) return `${x}.reshape((${x}.shape[0], -1))`;
      // Names x once, so that nothing is computed twice.
      context.use('import jax');
      return pythonCall('jax.lax.collapse', x, context.source('start'));
    },
  },
  onnx: ({ x }, { reshape, outputs }) => reshape(x!.name, x!.shape, outputs['y']!.shape),
  examples: [{ inputs: { x: { shape: [2, 2, 3] } } }, { args: { start: 2 }, inputs: { x: { shape: [2, 1, 2, 3] } } }],
});
