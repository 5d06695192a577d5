import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { read, requireType } from './shared/ports.ts';
import { operand } from './shared/python.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * For each integer of `x` [...] a vector [..., numClasses] of float32 with a 1 at its place; an integer without a place gives zeros.
 * The caller disposes it. Port of nnx.one_hot.
 */
export function oneHot(x: tf.Tensor, numClasses: number): tf.Tensor {
  // TensorFlow.js wants two classes at least.
  if (numClasses === 1) return tf.tidy(() => tf.cast(tf.equal(tf.expandDims(x, -1), tf.scalar(0, 'int32')), 'float32'));
  return tf.oneHot(x, numClasses, 1, 0, 'float32');
}

export const oneHotOp = defineOp({
  type: 'oneHot',
  family: 'shape',
  doc: 'Turns each class index into a vector with a single 1.',
  keywords: ['one-hot', 'categorical', 'labels', 'dummy'],
  params: { numClasses: p.int({ min: 1, default: 10, unit: 'classes', doc: 'The length of the vectors.' }) },
  inputs: { x: port({ dtype: 'int32', doc: 'Class indices from 0.' }) },
  outputs: { y: port() },
  infer: (inputs, { numClasses }) => {
    const x = read(inputs, 'x');
    requireType(x, ['int32'], 'x');
    return { y: { shape: [...x.shape, numClasses], dtype: 'float32' } };
  },
  apply: (inputs, { numClasses }) => oneHot(read(inputs, 'x'), numClasses),
  emit: {
    keras: (inputs, context) => kerasOps(context, 'one_hot', read(inputs, 'x'), context.source('numClasses')),
    pytorch: { write: ({ x }, { source }) => `F.one_hot(${operand(x!)}.long(), ${source('numClasses')}).float()` },
    flax: (inputs, context) => `nnx.one_hot(${read(inputs, 'x')}, ${context.source('numClasses')})`,
    typescript: { after: ['numClasses'] },
  },
  onnx: ({ x }, { args, node, ints, constant, cast }) => {
    const classes = constant(
      Array.from({ length: Number(args['numClasses']) }, (_, i) => i),
      'int32',
    );
    return cast({ name: node('Equal', [node('Unsqueeze', [x!.name, ints([-1])]), classes]), dtype: 'bool' }, 'float32');
  },
  examples: [{ args: { numClasses: 4 }, inputs: { x: { shape: [2, 3], dtype: 'int32', below: 4 } } }],
});
