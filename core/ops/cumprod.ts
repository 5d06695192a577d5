import { resolveAxis } from './shared/axes.ts';
import { knownLength, transposeOnnx } from '../spec/onnx.ts';
import { cumprod as cumprodAlong } from '../tensor/cumulative.ts';
import type { tf } from '../tensor/tf.ts';
import { type CumulativeOptions, defineCumulativeOp } from './shared/cumulative.ts';

/**
 * The product of everything up to each number along the axis, or from each on by `reverse`; the gradient is right at zeros, too. The result
 * has the shape of x; the caller disposes it. Port of jnp.cumprod.
 */
export function cumprod(x: tf.Tensor, { axis = -1, reverse = false }: CumulativeOptions = {}): tf.Tensor {
  return cumprodAlong(x, axis, { reverse });
}

export const cumprodOp = defineCumulativeOp({
  type: 'cumprod',
  doc: 'The product of everything up to each number along an axis.',
  keywords: ['cumulative product', 'running product', 'scan'],
  apply: cumprod,
  keras: 'cumprod',
  flax: 'jnp.cumprod',
  onnx: ({ x }, context) => {
    const { args, node, ints, constant } = context;
    const { length: rank } = x!.shape;
    const axis = resolveAxis(Number(args['axis']), x!.shape);
    const length = knownLength(x!, axis, context);
    // Each place is the product of those up to it: the others count as 1.
    const isKept = (row: number, column: number) => (args['reverse'] === true ? column >= row : column <= row);
    const mask = Array.from({ length: length * length }, (_, i) => Number(isKept(Math.floor(i / length), i % length)));
    const last = [...x!.shape.keys()].filter((each) => each !== axis).concat(axis);
    const rows = node('Unsqueeze', [transposeOnnx(x!.name, last, context), ints([rank - 1])]);
    const kept = node('Where', [constant(mask, 'bool', [length, length]), rows, constant(1, x!.dtype)]);
    const products = node('ReduceProd', [kept, ints([rank])], { keepdims: 0 });
    return transposeOnnx(
      products,
      last.map((_, i) => last.indexOf(i)),
      context,
    );
  },
});
