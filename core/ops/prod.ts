import { onnxReduction } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, torchInteger, type ReductionOptions } from './shared/reduction.ts';
import { rankOf } from './shared/pytorch.ts';
import { operand } from './shared/python.ts';
import { resolveAxes } from './shared/axes.ts';

/**
 * The product over the axes, all unless given: [...] to [...] without them, or with length 1 by `keepdims`. The gradient is right at zeros,
 * too. The caller disposes the result. Port of jnp.prod.
 * @throws RejectionError for axes that x does not have.
 */
export function prod(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.prod(x, axesOf(x, options), options.keepdims);
}

export const prodOp = defineReductionOp({
  type: 'prod',
  doc: 'The product over axes.',
  keywords: ['product', 'multiply'],
  apply: prod,
  keras: 'prod',
  flax: 'jnp.prod',
  pytorch: {
    write: ({ x }, context) => {
      const { axis, keepdims } = context.args;
      const type = torchInteger(context);
      const rank = rankOf(context);
      if (axis === null && keepdims !== true) return `${operand(x!)}.prod(${type})`;
      const axes = resolveAxes(
        axis as number | readonly number[] | null,
        Array.from({ length: rank }, () => 1),
      );
      // One axis at a time, from the last on, so that the others keep their places.
      const rest = `${keepdims === true ? ', keepdim=True' : ''}${type === '' ? '' : `, ${type}`}`;
      return (
        operand(x!) +
        axes
          .toReversed()
          .map((each) => `.prod(dim=${each}${rest})`)
          .join('')
      );
    },
  },
  dtype: (input) => (input === 'bool' ? 'int32' : input),
  onnx: onnxReduction('ReduceProd'),
});
