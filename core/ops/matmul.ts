import { common } from './shared/onnx.ts';
import { elements } from '../spec/cost.ts';
import { defineOp } from '../spec/define.ts';
import { swapLast } from '../spec/mend.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { broadcastShapes, formatShape, type Shape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { wider } from './shared/elementwise.ts';
import { read, requireRank, requireType } from './shared/ports.ts';
import { operand } from './shared/python.ts';
import { kerasOps, kerasRank } from './shared/keras.ts';

/**
 * The matrix product over the last two axes, [..., m, k] · [..., k, n] = [..., m, n]; axes in front are broadcast, a vector is a row on the left
 * and a column on the right, and gives no axis. The caller disposes the result. Port of jnp.matmul.
 */
export function matmul(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.rank > 1 && b.rank > 1) return tf.matMul(a, b);
  return tf.tidy(() => {
    const left = a.rank === 1 ? tf.expandDims(a, 0) : a;
    const right = b.rank === 1 ? tf.expandDims(b, -1) : b;
    return tf.reshape(tf.matMul(left, right), productShape(a.shape, b.shape) as number[]);
  });
}

function productShape(a: Shape, b: Shape): Shape {
  const [left, right] = [a.length === 1 ? [1, ...a] : a, b.length === 1 ? [...b, 1] : b];
  const batch = broadcastShapes(left.slice(0, -2), right.slice(0, -2));
  const inner = left.at(-1)!;
  if (inner !== right.at(-2) || !batch)
    return reject({
      code: 'shape/matmul',
      port: 'b',
      expected: batch
        ? `${b.length === 1 ? '' : 'a second-to-last axis of '}${inner}, the last axis of "a"`
        : `batch axes that fit ${formatShape(a)}`,
      got: formatShape(b),
      fix: 'Transpose one of them, or change the number of features in front.',
      mends: [
        ...(batch && b.length > 1 && b.at(-1) === inner ? [swapLast('b', b)] : []),
        ...(batch && a.length > 1 && b.length > 1 && a.at(-2) === b.at(-2) ? [swapLast('a', a)] : []),
      ],
    });
  return [...batch, ...(a.length === 1 ? [] : [left.at(-2)!]), ...(b.length === 1 ? [] : [right.at(-1)!])];
}

export const matmulOp = defineOp({
  type: 'matmul',
  family: 'arithmetic',
  doc: 'Multiplies matrices, one pair for each place of the batch axes.',
  keywords: ['matrix product', 'dot', 'linear', '@', 'bmm'],
  params: {},
  inputs: { a: port({ minRank: 1 }), b: port({ minRank: 1 }) },
  outputs: { y: port() },
  infer: (inputs) => {
    const [a, b] = [read(inputs, 'a'), read(inputs, 'b')];
    for (const [name, spec] of Object.entries({ a, b })) {
      requireType(spec, ['float32', 'int32'], name);
      requireRank(spec, name, 1);
    }
    return { y: { shape: productShape(a.shape, b.shape), dtype: wider(a.dtype, b.dtype) } };
  },
  cost: ({ inputs, outputs }) => ({ multiplyAdds: elements(outputs['y']!) * inputs['a']!.at(-1)! }),
  apply: (inputs) => matmul(read(inputs, 'a'), read(inputs, 'b')),
  emit: {
    keras: (inputs, context) => {
      const isPlain = ['a', 'b'].every((port) => context.spec(port)?.dtype === 'float32' && kerasRank(context, port) >= 2);
      return isPlain ? Object.values(inputs).map(operand).join(' @ ') : kerasOps(context, 'matmul', ...Object.values(inputs));
    },
    pytorch: {
      write: (inputs, context) => {
        const types = new Set(Object.keys(inputs).map((port) => context.spec(port)?.dtype));
        const isMixed = types.size > 1;
        return Object.entries(inputs)
          .map(([port, x]) => (isMixed && context.spec(port)?.dtype !== 'float32' ? `${operand(x)}.float()` : operand(x)))
          .join(' @ ');
      },
    },
    flax: (inputs) => Object.values(inputs).map(operand).join(' @ '),
  },
  onnx: ({ a, b }, { node, cast }) => node('MatMul', [cast(a!, common([a!, b!])), cast(b!, common([a!, b!]))]),
  examples: [
    { inputs: { a: { shape: [2, 3] }, b: { shape: [3, 4] } } },
    { inputs: { a: { shape: [2, 1, 2, 3] }, b: { shape: [3, 3, 2] } } },
    { inputs: { a: { shape: [3] }, b: { shape: [3, 2] } } },
  ],
});
