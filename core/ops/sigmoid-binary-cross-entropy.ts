import { onnxLoss } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { customGradient } from '../tensor/custom-gradient.ts';
import { tf } from '../tensor/tf.ts';
import { asFloat } from './shared/elementwise.ts';
import { emitLoss, reducedShape, reduceLoss, reductionParam, requireSameShape, typescriptLoss } from './shared/loss.ts';
import { read, requireFloat } from './shared/ports.ts';
import { operand } from './shared/python.ts';
import { kerasOps, reducedLoss } from './shared/keras.ts';

/**
 * -labels · log(sigmoid(logits)) - (1 - labels) · log(1 - sigmoid(logits)), number by number. Labels from 0 to 1, of the same shape.
 * Port of optax.sigmoid_binary_cross_entropy.
 */
export function sigmoidBinaryCrossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  return customGradient(
    [logits, labels],
    (save, [x, labels]) => {
      const targets = asFloat(labels!);
      save([x!, targets]);
      // The same as above, without the loss of digits for sure predictions.
      const rest = tf.log1p(tf.exp(tf.neg(tf.abs(x!))));
      return tf.add(tf.sub(tf.relu(x!), tf.mul(x!, targets)), rest);
    },
    (dy, [x, y]) => [() => tf.mul(dy, tf.sub(tf.sigmoid(x!), y!)), () => tf.neg(tf.mul(dy, x!))],
  );
}

export const sigmoidBinaryCrossEntropyOp = defineOp({
  type: 'sigmoidBinaryCrossEntropy',
  family: 'loss',
  doc: 'How far the sigmoid of each logit is from its own label, 0 or 1.',
  keywords: ['bce', 'binary cross-entropy', 'multi-label', 'logistic'],
  params: { reduction: reductionParam },
  inputs: { logits: port({ doc: 'Scores before the sigmoid.' }), labels: port({ doc: '0, 1, or a probability, for each logit.' }) },
  outputs: { y: port() },
  infer: (inputs, { reduction }) => {
    const logits = read(inputs, 'logits');
    requireFloat(logits, 'logits');
    requireSameShape(logits, read(inputs, 'labels'), 'labels');
    return { y: { shape: reducedShape(logits.shape, reduction), dtype: 'float32' } };
  },
  apply: (inputs, { reduction }) => reduceLoss(() => sigmoidBinaryCrossEntropy(read(inputs, 'logits'), read(inputs, 'labels')), reduction),
  emit: {
    keras: ({ logits, labels }, context) =>
      reducedLoss(`${kerasOps(context, 'softplus', logits!)} - ${operand(labels!)} * ${operand(logits!)}`, context),
    pytorch: {
      write: ({ logits, labels }, { option, spec }) =>
        `F.binary_cross_entropy_with_logits(${logits}, ${spec('labels')?.dtype === 'float32' ? labels : `${operand(labels!)}.float()`}${option('reduction', 'reduction', 'mean')})`,
    },
    flax: emitLoss('optax.sigmoid_binary_cross_entropy'),
    typescript: typescriptLoss('sigmoidBinaryCrossEntropy'),
  },
  onnx: ({ logits, labels }, context) => {
    const { node, cast } = context;
    return onnxLoss(node('Sub', [node('Softplus', [logits!.name]), node('Mul', [logits!.name, cast(labels!, 'float32')])]), context);
  },
  examples: [
    { inputs: { logits: { shape: [4, 2] }, labels: { shape: [4, 2] } } },
    { args: { reduction: 'none' }, inputs: { logits: { shape: [3] }, labels: { shape: [3] } } },
  ],
});
