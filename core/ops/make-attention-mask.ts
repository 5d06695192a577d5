import { defineOp } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { broadcastShapes, formatShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { read, requireRank } from './shared/ports.ts';
import { operand } from './shared/python.ts';
import { floatSource } from './shared/keras.ts';

export interface AttentionMaskOptions {
  /** What is asked of a query and a key; multiplies them unless given. */
  readonly pairwiseFn?: (query: tf.Tensor, key: tf.Tensor) => tf.Tensor;
  /** How many further axes of length 1 come first. */
  readonly extraBatchDims?: number;
}

/**
 * A mask [batch…, 1, queries, keys] of 0 and 1 from something per query [batch…, queries] and per key [batch…, keys], such as whether it is
 * a word or padding. The caller disposes it. Port of nnx.make_attention_mask.
 */
export function makeAttentionMask(
  query: tf.Tensor,
  key: tf.Tensor,
  { pairwiseFn = (q, k) => tf.mul(q, k), extraBatchDims = 0 }: AttentionMaskOptions = {},
): tf.Tensor {
  return tf.tidy(() => {
    const pairs = pairwiseFn(tf.expandDims(query, -1), tf.expandDims(key, -2));
    const ones = Array.from({ length: extraBatchDims }, () => 1);
    return tf.cast(tf.reshape(pairs, [...ones, ...pairs.shape.slice(0, -2), 1, ...pairs.shape.slice(-2)]), 'float32');
  });
}

export const makeAttentionMaskOp = defineOp({
  type: 'makeAttentionMask',
  family: 'attention',
  doc: 'Makes an attention mask from which queries and which keys are words rather than padding.',
  keywords: ['padding mask', 'attention mask', 'key padding mask'],
  params: {},
  inputs: {
    query: port({ minRank: 1, doc: '[batch…, queries]: 1 for a word, 0 for padding.' }),
    key: port({ minRank: 1, doc: '[batch…, keys]: 1 for a word, 0 for padding.' }),
  },
  outputs: { mask: port() },
  infer: (inputs) => {
    const [query, key] = [read(inputs, 'query'), read(inputs, 'key')];
    requireRank(query, 'query', 1);
    requireRank(key, 'key', 1);
    const pairs = broadcastShapes([...query.shape, 1], [...key.shape.slice(0, -1), 1, key.shape.at(-1)!]);
    if (!pairs) {
      return reject({
        code: 'shape/broadcast',
        port: 'key',
        expected: `batch axes like those of query, ${formatShape(query.shape.slice(0, -1))}`,
        got: formatShape(key.shape.slice(0, -1)),
        fix: 'Wire query and key with the same batch axes.',
      });
    }
    return { mask: { shape: [...pairs.slice(0, -2), 1, ...pairs.slice(-2)], dtype: 'float32' } };
  },
  apply: (inputs) => makeAttentionMask(read(inputs, 'query'), read(inputs, 'key')),
  emit: {
    keras: ({ query, key }, context) => {
      const [rows, columns] = [operand(floatSource(query!, context, 'query')), operand(floatSource(key!, context, 'key'))];
      return `${rows}[..., None, :, None] * ${columns}[..., None, None, :]`;
    },
    pytorch: { write: ({ query, key }) => `(${operand(query!)}.unsqueeze(-1) * ${operand(key!)}.unsqueeze(-2)).unsqueeze(-3).float()` },
    flax: ({ query, key }) => `nnx.make_attention_mask(${query}, ${key})`,
  },
  onnx: ({ query, key }, { node, cast, ints }) => {
    const [rows, columns] = [
      node('Unsqueeze', [cast(query!, 'float32'), ints([-1])]),
      node('Unsqueeze', [cast(key!, 'float32'), ints([-2])]),
    ];
    return node('Unsqueeze', [node('Mul', [rows, columns]), ints([-3])]);
  },
  examples: [{ inputs: { query: { shape: [2, 3] }, key: { shape: [2, 4] } } }, { inputs: { query: { shape: [3] }, key: { shape: [3] } } }],
});
