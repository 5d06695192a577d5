import { common } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { inferBroadcast, wider } from './shared/elementwise.ts';
import { read, requireType } from './shared/ports.ts';
import { emitCall } from './shared/python.ts';
import { torchCall } from './shared/pytorch.ts';
import { emitKeras } from './shared/keras.ts';

/**
 * `a` where the condition is true, else `b`; all three broadcast as in NumPy. No gradient, NaN included, comes from what is not chosen. The
 * caller disposes the result. Port of jnp.where.
 */
export function where(condition: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.where(condition, a, b);
}

export const whereOp = defineOp({
  type: 'where',
  family: 'arithmetic',
  doc: 'Takes one number where a condition holds and another where it does not.',
  keywords: ['select', 'if', 'mask', 'condition'],
  params: {},
  inputs: { condition: port({ dtype: 'bool' }), a: port(), b: port() },
  outputs: { y: port() },
  infer: (inputs) => {
    const [condition, a, b] = [read(inputs, 'condition'), read(inputs, 'a'), read(inputs, 'b')];
    requireType(condition, ['bool'], 'condition');
    const shape = inferBroadcast({ ...a, shape: inferBroadcast(condition, a, 'a') }, b, 'b');
    return { y: { shape, dtype: wider(a.dtype, b.dtype) } };
  },
  apply: (inputs) => where(read(inputs, 'condition'), read(inputs, 'a'), read(inputs, 'b')),
  emit: { keras: emitKeras('where'), pytorch: torchCall('torch.where'), flax: emitCall('jnp.where') },
  onnx: ({ condition, a, b }, { node, cast }) => node('Where', [condition!.name, cast(a!, common([a!, b!])), cast(b!, common([a!, b!]))]),
  examples: [
    { inputs: { condition: { shape: [2, 3], dtype: 'bool' }, a: { shape: [2, 3] }, b: { shape: [2, 3] } } },
    { inputs: { condition: { shape: [2, 1], dtype: 'bool' }, a: { shape: [3] }, b: { shape: [2, 3] } } },
  ],
});
