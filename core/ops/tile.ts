import { defineOp } from '../spec/define.ts';
import { multiplyDims } from '../spec/dims.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import type { Dim } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { read, rejectParam } from './shared/ports.ts';
import { emitCall } from './shared/python.ts';
import { torchMethod } from './shared/pytorch.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * The whole tensor side by side, `repeats` times along each axis; the shorter of shape and repeats gets ones in front. The caller disposes
 * the result. Port of jnp.tile.
 */
export function tile(x: tf.Tensor, repeats: number | readonly number[]): tf.Tensor {
  const { shape, times } = align(x.shape, repeats);
  if (shape.length === x.rank) return tf.tile(x, times);
  return tf.tidy(() => tf.tile(tf.reshape(x, shape), times));
}

function align<D>(shape: readonly D[], repeats: number | readonly number[]): { shape: (D | 1)[]; times: number[] } {
  const times = [repeats].flat();
  const rank = Math.max(shape.length, times.length);
  const ones = (count: number) => Array.from({ length: count }, () => 1 as const);
  return { shape: [...ones(rank - shape.length), ...shape], times: [...ones(rank - times.length), ...times] };
}

export const tileOp = defineOp({
  type: 'tile',
  family: 'shape',
  doc: 'Repeats the whole tensor along its axes.',
  keywords: ['repeat', 'copy', 'broadcast'],
  params: { repeats: p.ints({ default: [2], doc: 'How many times along each axis, the last axis last.' }) },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { repeats }) => {
    const x = read(inputs, 'x');
    const { shape, times } = align<Dim>(x.shape, repeats);
    if (times.some((count) => count < 0)) rejectParam('repeats', 'counts from 0', repeats, 'Use 1 for axes that stay.');
    return { y: { shape: shape.map((dim, i) => multiplyDims(dim, times[i]!)), dtype: x.dtype } };
  },
  apply: (inputs, { repeats }) => tile(read(inputs, 'x'), repeats),
  emit: {
    keras: (inputs, context) => {
      const repeats = context.source('repeats');
      return kerasOps(context, 'tile', read(inputs, 'x'), Array.isArray(context.args['repeats']) ? repeats : `(${repeats},)`);
    },
    pytorch: torchMethod(
      (x, { args, source }) => `${x}.tile(${Array.isArray(args['repeats']) ? source('repeats') : `(${source('repeats')},)`})`,
    ),
    flax: (inputs, context) => emitCall('jnp.tile', { drop: ['repeats'] })({ ...inputs, repeats: context.source('repeats') }, context),
    typescript: { after: ['repeats'] },
  },
  onnx: ({ x }, { args, node, ints }) => {
    const repeats = [args['repeats'] as number | number[]].flat();
    const missing = repeats.length - x!.shape.length;
    const wide = missing > 0 ? node('Unsqueeze', [x!.name, ints(Array.from({ length: missing }, (_, i) => i))]) : x!.name;
    return node('Tile', [wide, ints([...Array.from({ length: Math.max(-missing, 0) }, () => 1), ...repeats])]);
  },
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { repeats: [2, 1, 2] }, inputs: { x: { shape: [2, 3] } } }],
});
