import { resolveAxis } from './shared/axes.ts';
import { cumsum as cumsumAlong } from '../tensor/cumulative.ts';
import type { tf } from '../tensor/tf.ts';
import { type CumulativeOptions, defineCumulativeOp } from './shared/cumulative.ts';

/**
 * The sum of everything up to each number along the axis, or from each on by `reverse`. The result has the shape of x; the caller disposes
 * it. Port of jnp.cumsum.
 */
export function cumsum(x: tf.Tensor, { axis = -1, reverse = false }: CumulativeOptions = {}): tf.Tensor {
  return cumsumAlong(x, axis, { reverse });
}

export const cumsumOp = defineCumulativeOp({
  type: 'cumsum',
  doc: 'The sum of everything up to each number along an axis.',
  keywords: ['cumulative sum', 'running total', 'scan'],
  apply: cumsum,
  keras: 'cumsum',
  flax: 'jnp.cumsum',
  onnx: ({ x }, { args, node, ints }) => {
    const axis = node('Squeeze', [ints([resolveAxis(Number(args['axis']), x!.shape)])]);
    return node('CumSum', [x!.name, axis], { reverse: args['reverse'] === true ? 1 : 0 });
  },
});
