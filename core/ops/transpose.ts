import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { toDefault } from '../spec/mend.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { read, rejectParam } from './shared/ports.ts';
import { emitCall } from './shared/python.ts';
import { rankOf, torchMethod, tupleText } from './shared/pytorch.ts';
import { kerasOps, kerasRank } from './shared/keras.ts';

/**
 * The axes in another order: axis i of the result is axis `axes[i]` of x; none given turns them around. The caller disposes the result.
 * Port of jnp.transpose.
 * @throws RejectionError unless each axis is named once.
 */
export function transpose(x: tf.Tensor, { axes = null }: { readonly axes?: readonly number[] | null } = {}): tf.Tensor {
  return tf.transpose(x, orderOf(axes, x.shape));
}

/** A single axis, as a document may give it, is a list in code. */
function axesOption(axes: unknown, source: (name: string) => string): string {
  if (axes === null) return '';
  return `, { axes: ${Array.isArray(axes) ? source('axes') : `[${source('axes')}]`} }`;
}

function orderOf(axes: number | readonly number[] | null, shape: readonly unknown[]): number[] {
  const rank = shape.length;
  if (axes === null) return shape.map((_, i) => rank - 1 - i);
  const order = [axes].flat().map((axis) => resolveAxis(axis, shape as readonly number[], 'axes'));
  if (order.length !== rank || new Set(order).size !== rank)
    rejectParam('axes', `each of the ${rank} axes once`, axes, `List 0 to ${rank - 1} in the order that you want.`, {
      mends: [toDefault('axes', null)],
    });
  return order;
}

export const transposeOp = defineOp({
  type: 'transpose',
  family: 'shape',
  doc: 'Puts the axes into another order.',
  keywords: ['permute', 'swap axes', 'move axis', 'T'],
  params: { axes: p.ints.nullable({ doc: 'The old axes in their new order; none given turns them around.' }) },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { axes }) => {
    const x = read(inputs, 'x');
    return { y: { shape: orderOf(axes, x.shape).map((axis) => x.shape[axis]!), dtype: x.dtype } };
  },
  apply: (inputs, { axes }) => transpose(read(inputs, 'x'), { axes: axes === null ? null : [axes].flat() }),
  emit: {
    keras: ({ x }, context) => {
      const { axes } = context.args;
      if (axes === null) return kerasOps(context, 'transpose', x!);
      const rank = kerasRank(context);
      return kerasOps(
        context,
        'transpose',
        x!,
        `(${[axes]
          .flat()
          .map((axis) => (Number(axis) + rank) % rank)
          .join(', ')})`,
      );
    },
    pytorch: torchMethod((x, context) => {
      const { axes } = context.args;
      const order =
        axes === null ? Array.from({ length: rankOf(context) }, (_, i) => i).reverse() : [axes as number | readonly number[]].flat();
      return `${x}.permute(${axes !== null && Array.isArray(axes) ? context.source('axes') : tupleText(order)})`;
    }),
    flax: emitCall('jnp.transpose'),
    typescript: ({ x }, { args, source, use }) => `${use('ops')}.transpose(${x}${axesOption(args['axes'], source)})`,
  },
  onnx: ({ x }, { args, node }) => {
    const { axes } = args as { readonly axes: number | readonly number[] | null };
    return node('Transpose', [x!.name], { perm: orderOf(axes, x!.shape) });
  },
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axes: [0, 2, -2] }, inputs: { x: { shape: [2, 3, 4] } } }],
});
