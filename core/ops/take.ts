import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { take as takeRows } from '../tensor/take.ts';
import type { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { read, requireEntries, requireType } from './shared/ports.ts';
import { emitCall, operand } from './shared/python.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * The slices of `x` [before…, n, after…] that the indices [...] name: [before…, ..., after…]. Negative indices count from the end; an index
 * without a slice gives NaN, -2^31 or true, by the type. The caller disposes the result. Port of jnp.take.
 */
export function take(x: tf.Tensor, indices: tf.Tensor, { axis = 0 }: { readonly axis?: number } = {}): tf.Tensor {
  return takeRows(x, indices, resolveAxis(axis, x.shape));
}

export const takeOp = defineOp({
  type: 'take',
  family: 'shape',
  doc: 'Picks slices along an axis by their indices.',
  keywords: ['gather', 'index', 'lookup', 'select', 'embedding'],
  params: { axis: p.int({ default: 0, doc: 'The axis along which they are picked.' }) },
  inputs: { x: port(), indices: port({ dtype: 'int32', doc: 'From 0; negative ones count from the end.' }) },
  outputs: { y: port() },
  infer: (inputs, { axis }) => {
    const [x, indices] = [read(inputs, 'x'), read(inputs, 'indices')];
    requireType(indices, ['int32'], 'indices');
    if (!indices.shape.includes(0)) requireEntries(x, [axis]);
    return { y: { shape: x.shape.toSpliced(resolveAxis(axis, x.shape), 1, ...indices.shape), dtype: x.dtype } };
  },
  apply: (inputs, args) => take(read(inputs, 'x'), read(inputs, 'indices'), args),
  // Written out even where it is ours: jnp's own default flattens.
  emit: {
    keras: (inputs, context) => kerasOps(context, 'take', ...Object.values(inputs), `axis=${context.source('axis')}`),
    pytorch: {
      write: ({ x, indices }, context) => {
        const axis = context.args['axis'] as number;
        const before = axis < 0 ? ['...'] : Array.from({ length: axis }, () => ':');
        const after = axis < -1 ? Array.from({ length: -1 - axis }, () => ':') : [];
        return `${operand(x!)}[${[...before, indices, ...after].join(', ')}]`;
      },
    },
    flax: (inputs, context) => emitCall('jnp.take', { drop: ['axis'] })({ ...inputs, axis: `axis=${context.source('axis')}` }, context),
  },
  onnx: ({ x, indices }, { args, node }) => node('Gather', [x!.name, indices!.name], { axis: Number(args['axis']) }),
  examples: [
    { inputs: { x: { shape: [3, 2] }, indices: { shape: [4], dtype: 'int32', below: 3 } } },
    { args: { axis: -1 }, inputs: { x: { shape: [2, 3] }, indices: { shape: [2, 2], dtype: 'int32', below: 3 } } },
  ],
});
