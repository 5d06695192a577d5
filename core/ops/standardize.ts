import { normalizeOnnx } from '../spec/onnx.ts';
import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxes } from './shared/axes.ts';
import { withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { axesText, rankOf } from './shared/pytorch.ts';
import type { TorchDefinition } from '../spec/emit-pytorch.ts';
import { kerasOps, kerasRank } from './shared/keras.ts';
import { read } from './shared/ports.ts';

interface Standardize {
  /** One axis, several, or `null` for all. */
  readonly axis?: number | readonly number[] | null;
  readonly epsilon?: number;
  /** Takes the place of the input's own, broadcastable to x. */
  readonly mean?: tf.Tensor | null;
  /** Takes the place of the input's own, broadcastable to x. */
  readonly variance?: tf.Tensor | null;
  /** Broadcastable to x: only entries where it is true, or not 0, count for mean and variance. */
  readonly where?: tf.Tensor | null;
}

/**
 * (x - mean) / sqrt(variance + epsilon) over the axes, with the variance as mean(x²) - mean(x)². The caller disposes it. Port of
 * nnx.standardize.
 */
export function standardize(x: tf.Tensor, { axis = -1, epsilon = 1e-5, mean, variance, where }: Standardize = {}): tf.Tensor {
  const axes = resolveAxes(axis, x.shape);
  if (mean || variance || where) {
    return tf.tidy(() => {
      const kept = where ? tf.broadcastTo(tf.cast(where, 'bool'), x.shape) : null;
      const sumOf = (values: tf.Tensor) => tf.sum(kept ? tf.where(kept, values, tf.scalar(0)) : values, axes, true);
      const count = sumOf(tf.onesLike(x));
      const meanOf = (values: tf.Tensor) => tf.div(sumOf(values), count);
      const center = mean ?? meanOf(x);
      const spread = variance ?? tf.maximum(tf.sub(meanOf(tf.square(x)), tf.square(center)), 0);
      return tf.mul(tf.sub(x, center), tf.rsqrt(tf.add(spread, epsilon)));
    });
  }
  return withDerivative(
    x,
    (x) => {
      const mean = tf.mean(x, axes, true);
      // Cancellation can leave a little less than 0; relu is Flax's clip.
      const variance = tf.relu(tf.sub(tf.mean(tf.square(x), axes, true), tf.square(mean)));
      const scale = tf.rsqrt(tf.add(variance, epsilon));
      const value = tf.mul(tf.sub(x, mean), scale);
      return { value, saved: [value, scale] };
    },
    (dy, y, scale) => {
      const centred = tf.sub(dy, tf.mean(dy, axes, true));
      return tf.mul(scale!, tf.sub(centred, tf.mul(y!, tf.mean(tf.mul(dy, y!), axes, true))));
    },
  );
}

const STANDARDIZE: TorchDefinition = {
  name: 'standardize',
  source: `def standardize(x: torch.Tensor, dim: int | tuple[int, ...], eps: float) -> torch.Tensor:
    """Mean 0 and variance 1 over some axes."""
    var, mean = torch.var_mean(x, dim, correction=0, keepdim=True)
    return (x - mean) * torch.rsqrt(var + eps)`,
};

export const standardizeOp = defineElementwiseOp({
  type: 'standardize',
  doc: 'Shifts and scales numbers to mean 0 and variance 1 along axes, without learning anything.',
  keywords: ['z-score', 'normalize', 'whiten'],
  params: {
    axis: p.ints.nullable({ default: -1, doc: 'The axes over which mean and variance are taken; none means all.' }),
    epsilon: p.float({ default: 1e-5, min: 0, doc: 'Added to the variance, so that nothing is divided by 0.' }),
  },
  apply: (x, { axis, epsilon }) => standardize(x, { axis, epsilon }),
  check: (x, { axis }) => void resolveAxes(axis, x.shape),
  keras: (inputs, context) => {
    const axis =
      context.args['axis'] === null
        ? `axis=(${Array.from({ length: kerasRank(context) }, (_, i) => `${i}, `)
            .join('')
            .trim()})`
        : '';
    const named = context.args['axis'] === null ? {} : { axis: 'axis' };
    return kerasOps(
      context,
      'layer_normalization',
      read(inputs, 'x'),
      axis,
      context.kwargs({ named: { ...named, epsilon: 'epsilon' }, always: ['epsilon'] }),
    );
  },
  flax: 'nnx.standardize',
  pytorch: {
    write: ({ x }, context) => {
      const { args, source, spec } = context;
      const last = spec('x')?.shape.at(-1);
      if (args['axis'] === -1 && typeof last === 'number') return `F.layer_norm(${x}, (${last},)${context.option('eps', 'epsilon', 1e-5)})`;
      const axes = args['axis'] === null ? axesText(Array.from({ length: rankOf(context) }, (_, i) => i)) : source('axis');
      return `${context.define(STANDARDIZE)}(${x}, ${axes}, ${source('epsilon')})`;
    },
  },
  onnx: ({ x }, context) => {
    const { axis, epsilon } = context.args as { readonly axis: number | readonly number[] | null; readonly epsilon: number };
    return normalizeOnnx(x!.name, resolveAxes(axis, x!.shape), epsilon, context);
  },
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: [0, 1], epsilon: 0.01 }, inputs: { x: { shape: [2, 3, 2] } } }],
});
