import { setTo } from '../spec/mend.ts';
import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { asFloat, defineElementwiseOp } from './shared/elementwise.ts';
import { read, rejectParam } from './shared/ports.ts';
import { operand } from './shared/python.ts';
import { floatSource, kerasOps } from './shared/keras.ts';

/** Bounds; `null` is none. */
export interface ClipOptions {
  readonly min?: number | null;
  readonly max?: number | null;
}

/**
 * Numbers below min become min, those above max become max; at a bound half the gradient passes. Bounds are floats, so that integers
 * become floats where there is one. The caller disposes the result. Port of jnp.clip.
 */
export function clip(x: tf.Tensor, { min = null, max = null }: ClipOptions): tf.Tensor {
  if (min === null && max === null) return tf.clone(x);
  return tf.tidy(() => tf.clipByValue(asFloat(x), min ?? -Infinity, max ?? Infinity));
}

export const clipOp = defineElementwiseOp({
  type: 'clip',
  family: 'arithmetic',
  doc: 'Keeps numbers between two bounds.',
  keywords: ['clamp', 'limit', 'bound'],
  dtypes: ['float32', 'int32'],
  params: {
    min: p.float.nullable({ doc: 'The lower bound.' }),
    max: p.float.nullable({ doc: 'The upper bound.' }),
  },
  apply: clip,
  dtype: (input, { min, max }) => (min === null && max === null ? input : 'float32'),
  check: (_, { min, max }) => {
    if (min !== null && max !== null && min > max)
      rejectParam('max', `max from ${min} on`, max, 'Raise max, or lower min.', {
        mends: [setTo('max', min)],
      });
  },
  keras: (inputs, context) => {
    const { min, max } = context.args;
    const x = min === null && max === null ? read(inputs, 'x') : floatSource(read(inputs, 'x'), context);
    if (min === null) return max === null ? x : kerasOps(context, 'minimum', x, context.source('max'));
    return max === null
      ? kerasOps(context, 'maximum', x, context.source('min'))
      : kerasOps(context, 'clip', x, context.source('min'), context.source('max'));
  },
  flax: 'jnp.clip',
  pytorch: {
    layout: 'any',
    write: ({ x }, { args, source, spec }) => {
      const bounds = ['min', 'max'].filter((name) => args[name] !== null).map((name) => `${name}=${source(name)}`);
      if (bounds.length === 0) return x!;
      return `${operand(x!)}${spec('x')?.dtype === 'int32' ? '.float()' : ''}.clamp(${bounds.join(', ')})`;
    },
  },
  onnx: ({ x }, { args: { min, max }, node, cast, constant }) => {
    const bound = (value: unknown) => (typeof value === 'number' ? constant(value) : '');
    return min === null && max === null ? node('Identity', [x!.name]) : node('Clip', [cast(x!, 'float32'), bound(min), bound(max)]);
  },
  examples: [
    { args: { min: -0.4, max: 0.6 }, inputs: { x: { shape: [2, 5] } } },
    { args: { max: 0.3 }, inputs: { x: { shape: [4] } } },
  ],
});
