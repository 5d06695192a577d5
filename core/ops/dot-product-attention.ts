import { attentionOnnx } from './shared/attention-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import type { Module } from '../nnx/module.ts';
import { Intermediate } from '../nnx/variable.ts';
import { bernoulli } from '../random/bernoulli.ts';
import type { Key } from '../random/key.ts';
import { elements } from '../spec/cost.ts';
import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { checkAgainstLogits, checkAttention, inferAttention, type AttentionShapes } from './shared/attention-shapes.ts';
import { read } from './shared/ports.ts';
import { ATTEND } from './shared/attend-pytorch.ts';
import { kerasOps, needLength, needSpec, kerasRank } from './shared/keras.ts';
import { kerasGap } from '../spec/emit-keras.ts';

export interface AttentionOptions {
  /** Added to the logits; broadcastable to [batch…, heads, queries, keys]. */
  readonly bias?: tf.Tensor | null | undefined;
  /** True or non-zero keeps; broadcastable to [batch…, heads, queries, keys]. A row with nothing kept gets uniform weights. */
  readonly mask?: tf.Tensor | null | undefined;
  /** Query i sees keys 0 to i only. */
  readonly isCausal?: boolean | undefined;
  /** Share of the weights that are dropped; needs `dropoutRng`. */
  readonly dropoutRate?: number;
  readonly dropoutRng?: Key | null;
  /** One mask for all of batch and heads (default), or one for each. */
  readonly broadcastDropout?: boolean;
  /** Drop nothing. */
  readonly deterministic?: boolean;
  /** A Module that the weights are sown on, before dropout, as the Intermediate 'attentionWeights'. */
  readonly module?: Module | null;
  /** Sees the weights, before dropout; attention goes on with what it returns. */
  readonly seeWeights?: (weights: tf.Tensor) => tf.Tensor;
}

/** The most negative float32: finite, so that a row of nothing but masked logits comes out uniform and not NaN. */
const MASKED = -3.4028234663852886e38;

/**
 * The weights of attention, [batch…, heads, queries, keys]. Port of nnx.dot_product_attention_weights.
 * @throws ValueError for shapes that do not fit each other.
 */
export function dotProductAttentionWeights(query: tf.Tensor, key: tf.Tensor, options: AttentionOptions = {}): tf.Tensor {
  checkAttention(query.shape, key.shape);
  return tf.tidy(() => {
    const weights = attentionWeights(query, key, options);
    const sown = options.seeWeights?.(weights) ?? weights;
    options.module?.sow(Intermediate, 'attentionWeights', sown);
    return dropWeights(sown, options);
  });
}

/**
 * softmax(query · key / √depth + bias) · value. Query is [batch…, queries, heads, depth], key and value [batch…, keys, heads, depth];
 * any number of batch axes. Query may have several heads for each head of key, and of value. The caller disposes the result, of
 * query's shape with value's depth. Port of nnx.dot_product_attention, which takes other depths and heads of values only where
 * there is dropout or weights are sown.
 * @throws ValueError for shapes that do not fit each other.
 */
export function dotProductAttention(query: tf.Tensor, key: tf.Tensor, value: tf.Tensor, options: AttentionOptions = {}): tf.Tensor {
  checkAttention(query.shape, key.shape, value.shape);
  return tf.tidy(() => {
    const weights = dotProductAttentionWeights(query, key, options);
    const { heads, queries, keys } = sizesOf(query.shape, key.shape);
    const [valueHeads, depth] = value.shape.slice(-2) as [number, number];
    // Heads that share a value stand behind each other: [batch, value heads, (shared heads · queries), keys].
    const values = headsFirst(value);
    const mixed = tf.matMul(tf.reshape(weights, [values.shape[0]!, valueHeads, (heads / valueHeads) * queries, keys]), values);
    const perHead = tf.reshape(mixed, [values.shape[0]!, heads, queries, depth]);
    return tf.reshape(tf.transpose(perHead, [0, 2, 1, 3]), [...query.shape.slice(0, -3), queries, heads, depth]);
  });
}

function sizesOf(query: AttentionShapes, key: AttentionShapes) {
  const [queries, heads, depth] = query.slice(-3) as [number, number, number];
  const [keys, keyHeads] = key.slice(-3) as [number, number];
  return { queries, heads, depth, keys, groups: heads / keyHeads };
}

/** [batch…, length, heads, depth] to [batch, heads, length, depth]. */
function headsFirst(x: tf.Tensor): tf.Tensor {
  const [length, heads, depth] = x.shape.slice(-3) as [number, number, number];
  const batch = x.shape.slice(0, -3).reduce((product, size) => product * size, 1);
  return tf.transpose(tf.reshape(x, [batch, length, heads, depth]), [0, 2, 1, 3]);
}

function attentionWeights(query: tf.Tensor, key: tf.Tensor, { bias, mask, isCausal }: AttentionOptions): tf.Tensor {
  const { queries, heads, depth, keys, groups } = sizesOf(query.shape, key.shape);
  const scaled = headsFirst(tf.div(query, Math.fround(Math.sqrt(depth))));
  const grouped = tf.reshape(scaled, [scaled.shape[0]!, heads / groups, groups * queries, depth]);
  const shape = [...query.shape.slice(0, -3), heads, queries, keys];
  if (bias) checkAgainstLogits('bias', bias.shape, shape);
  if (mask) checkAgainstLogits('mask', mask.shape, shape);
  let logits = tf.reshape(tf.matMul(grouped, headsFirst(key), false, true), shape);
  if (bias) logits = tf.add(logits, bias);
  if (mask) logits = tf.where(tf.cast(mask, 'bool'), logits, tf.scalar(MASKED));
  if (isCausal) logits = tf.where(lowerTriangle(queries, keys), logits, tf.scalar(MASKED));
  return tf.softmax(logits);
}

function lowerTriangle(rows: number, columns: number): tf.Tensor {
  const values = Uint8Array.from({ length: rows * columns }, (_, i) => (i % columns <= Math.floor(i / columns) ? 1 : 0));
  return tf.tensor(values, [rows, columns], 'bool');
}

function dropWeights(
  weights: tf.Tensor,
  { dropoutRate = 0, dropoutRng, broadcastDropout = true, deterministic }: AttentionOptions,
): tf.Tensor {
  if (deterministic || dropoutRate === 0) return weights;
  if (!dropoutRng) throw new ValueError('Dropout of attention weights needs a key. Pass dropoutRng, or deterministic: true.');
  const shape = weights.shape.map((size, i) => (broadcastDropout && i < weights.rank - 2 ? 1 : size));
  const keep = 1 - dropoutRate;
  const factors = Float32Array.from(bernoulli(dropoutRng, keep, shape), (bit) => bit / keep);
  return tf.mul(weights, tf.tensor(factors, shape));
}

export const dotProductAttentionOp = defineOp({
  type: 'dotProductAttention',
  family: 'attention',
  doc: 'Mixes values by how well their keys match each query: softmax(q · k / √depth) · v.',
  keywords: ['attention', 'scaled dot product', 'transformer', 'scaled_dot_product_attention', 'SDPA'],
  params: { isCausal: p.bool({ default: false, doc: 'Let each query see only keys up to its own position.' }) },
  inputs: {
    query: port({ minRank: 3, doc: '[batch…, queries, heads, depth]' }),
    key: port({ minRank: 3, doc: '[batch…, keys, heads, depth]' }),
    value: port({ minRank: 3, doc: '[batch…, keys, heads, depth]' }),
    bias: port({ optional: true, doc: 'Added to the logits, [batch…, heads, queries, keys].' }),
    mask: port({ optional: true, doc: 'True keeps, [batch…, heads, queries, keys].' }),
  },
  outputs: { y: port() },
  infer: inferAttention,
  cost: ({ inputs: { query, key } }) => {
    const keys = key!.at(-3)!;
    // The weights are kept before and after the softmax.
    return { multiplyAdds: 2 * elements(query!) * keys, kept: 2 * elements(query!.slice(0, -1)) * keys };
  },
  apply: (inputs, { isCausal }) =>
    dotProductAttention(read(inputs, 'query'), read(inputs, 'key'), read(inputs, 'value'), {
      isCausal,
      bias: inputs['bias'],
      mask: inputs['mask'],
    }),
  emit: {
    keras: ({ query, key, value, bias, mask }, context) => {
      if (kerasRank(context, 'query') !== 4) kerasGap('Attention of Keras takes exactly one batch axis.');
      const heads = ['query', 'key'].map((port) => needLength(needSpec(context, port).shape.at(-2)));
      const shared = (source: string) =>
        heads[0] === heads[1] ? source : kerasOps(context, 'repeat', source, String(heads[0]! / heads[1]!), 'axis=2');
      const options = [
        bias && `bias=${bias}`,
        mask && `mask=${context.spec('mask')?.dtype === 'bool' ? mask : kerasOps(context, 'cast', mask, "'bool'")}`,
        context.args['isCausal'] === true && 'is_causal=True',
      ].filter((part): part is string => typeof part === 'string');
      return kerasOps(context, 'dot_product_attention', query!, shared(key!), shared(value!), ...options);
    },
    pytorch: {
      write: ({ query, key, value, bias, mask }, context) => {
        const [heads, keyHeads, valueHeads] = ['query', 'key', 'value'].map((port) => context.spec(port)?.shape.at(-2));
        if (typeof heads !== 'number' || keyHeads !== valueHeads)
          return context.refuse('PyTorch wants as many heads of values as of keys, and their number.');
        const options = [bias && `bias=${bias}`, mask && `mask=${mask}`, context.args['isCausal'] === true && 'is_causal=True'].filter(
          Boolean,
        );
        return `${context.define(ATTEND)}(${[query, key, value, ...options].join(', ')})`;
      },
    },
    flax: ({ query, key, value, bias, mask }, { args }) => {
      const options = [bias && `bias=${bias}`, mask && `mask=${mask}`, args['isCausal'] === true && 'is_causal=True'].filter(Boolean);
      return `nnx.dot_product_attention(${[query, key, value, ...options].join(', ')})`;
    },
    typescript: { named: ['bias', 'mask'] },
  },
  onnx: ({ query, key, value, bias, mask }, context) =>
    attentionOnnx({ query: query!, key: key!, value: value! }, { bias, mask, isCausal: context.args['isCausal'] === true }, context),
  examples: [
    { inputs: { query: { shape: [1, 2, 2, 3] }, key: { shape: [1, 3, 2, 3] }, value: { shape: [1, 3, 2, 3] } } },
    { args: { isCausal: true }, inputs: { query: { shape: [1, 3, 4, 2] }, key: { shape: [1, 3, 2, 2] }, value: { shape: [1, 3, 2, 2] } } },
    {
      inputs: {
        query: { shape: [2, 2, 1, 3] },
        key: { shape: [2, 2, 1, 3] },
        value: { shape: [2, 2, 1, 3] },
        bias: { shape: [1, 1, 2, 2] },
        mask: { shape: [1, 1, 2, 2], dtype: 'bool' },
      },
    },
  ],
});
