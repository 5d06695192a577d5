import { onnxCausal } from './shared/onnx.ts';
import { knownLength } from '../spec/onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import { defineOp } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { makeAttentionMask } from './make-attention-mask.ts';
import { read, requireRank } from './shared/ports.ts';
import type { TorchDefinition } from '../spec/emit-pytorch.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * A mask [batch…, 1, length, length] of 0 and 1 in which each position sees itself and those before it. Only the shape of x,
 * [batch…, length], is used. The caller disposes it. Port of nnx.make_causal_mask.
 * @throws ValueError for a scalar.
 */
export function makeCausalMask(x: tf.Tensor, { extraBatchDims = 0 }: { readonly extraBatchDims?: number } = {}): tf.Tensor {
  if (x.rank === 0) throw new ValueError('A causal mask needs x [batch…, length], got a scalar. Give the tokens, or tf.zeros([length]).');
  return tf.tidy(() => {
    const positions = tf.broadcastTo(tf.range(0, x.shape[x.rank - 1]!, 1, 'int32'), x.shape);
    return makeAttentionMask(positions, positions, { pairwiseFn: (query, key) => tf.greaterEqual(query, key), extraBatchDims });
  });
}

const CAUSAL_MASK: TorchDefinition = {
  name: 'causal_mask',
  source: `def causal_mask(x: torch.Tensor) -> torch.Tensor:
    """[batch…, 1, length, length]: each position sees itself and those before it."""
    return torch.ones(*x.shape, x.shape[-1], device=x.device).tril().unsqueeze(-3)`,
};

export const makeCausalMaskOp = defineOp({
  type: 'makeCausalMask',
  family: 'attention',
  doc: 'Makes an attention mask that lets each position see only itself and those before it.',
  keywords: ['causal mask', 'autoregressive', 'decoder', 'triangular', 'subsequent mask'],
  params: {},
  inputs: { x: port({ minRank: 1, doc: '[batch…, length], such as token ids; only its shape counts.' }) },
  outputs: { mask: port() },
  infer: (inputs) => {
    const x = read(inputs, 'x');
    requireRank(x, 'x', 1);
    const length = x.shape.at(-1)!;
    return { mask: { shape: [...x.shape.slice(0, -1), 1, length, length], dtype: 'float32' } };
  },
  apply: (inputs) => makeCausalMask(read(inputs, 'x')),
  emit: {
    keras: ({ x }, context) => {
      const ones = kerasOps(context, 'ones_like', x!, "dtype='float32'");
      return kerasOps(context, 'tril', `${ones}[..., None, :, None] * ${ones}[..., None, None, :]`);
    },
    pytorch: { write: ({ x }, context) => `${context.define(CAUSAL_MASK)}(${x})` },
    flax: ({ x }) => `nnx.make_causal_mask(${x})`,
  },
  onnx: ({ x }, context) => {
    const { node, ints, cast } = context;
    const length = knownLength(x!, -1, context);
    const triangle = cast({ name: onnxCausal(length, length, context), dtype: 'bool' }, 'float32');
    const batch = node('Shape', [x!.name], { end: -1 });
    return node('Expand', [triangle, node('Concat', [batch, ints([1, length, length])], { axis: 0 })]);
  },
  examples: [{ inputs: { x: { shape: [2, 3], dtype: 'int32', below: 5 } } }],
});
