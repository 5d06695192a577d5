import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxes } from './shared/axes.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { rankOf, tupleText } from './shared/pytorch.ts';
import { emitKeras } from './shared/keras.ts';

/**
 * Back to front along the axes, all of them if none are given. The result has the shape of x; the caller disposes it. Port of jnp.flip.
 * @throws RejectionError for axes that x does not have.
 */
export function flip(x: tf.Tensor, { axis = null }: { readonly axis?: number | readonly number[] | null } = {}): tf.Tensor {
  return tf.reverse(x, resolveAxes(axis, x.shape));
}

export const flipOp = defineElementwiseOp({
  type: 'flip',
  family: 'shape',
  doc: 'Turns axes back to front.',
  keywords: ['reverse', 'mirror'],
  dtypes: ['float32', 'int32', 'bool'],
  params: { axis: p.ints.nullable({ doc: 'The axes to turn; none given means all.' }) },
  apply: flip,
  check: (x, { axis }) => void resolveAxes(axis, x.shape),
  keras: emitKeras('flip', { axis: 'axis' }),
  flax: 'jnp.flip',
  pytorch: {
    write: ({ x }, context) => {
      const { axis } = context.args;
      const dims = axis === null ? Array.from({ length: rankOf(context) }, (_, i) => i) : [axis as number | readonly number[]].flat();
      return `torch.flip(${x}, dims=${tupleText(dims)})`;
    },
  },
  onnx: ({ x }, { args: { axis }, node, ints }) => {
    const axes = resolveAxes(axis as number | readonly number[] | null, x!.shape);
    if (axes.length === 0) return node('Identity', [x!.name]);
    const all = (value: number) => ints(axes.map(() => value));
    return node('Slice', [x!.name, all(-1), all(-(2 ** 31)), ints(axes), all(-1)]);
  },
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: -1 }, inputs: { x: { shape: [2, 3] } } }],
});
