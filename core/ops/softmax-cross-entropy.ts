import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { alongLastAxis } from './shared/last-axis.ts';
import { emitLoss, reducedShape, reduceLoss, reductionParam, requireSameShape } from './shared/loss.ts';
import { read, requireFloat } from './shared/ports.ts';

/**
 * -Σ labels · log(softmax(logits)) along `axis`, one loss per example. Labels are probabilities of the same shape, one-hot or soft.
 * Port of optax.softmax_cross_entropy.
 */
export function softmaxCrossEntropy(logits: tf.Tensor, labels: tf.Tensor, { axis = -1 }: { readonly axis?: number } = {}): tf.Tensor {
  const at = resolveAxis(axis, logits.shape);
  return tf.tidy(() =>
    tf.neg(
      tf.sum(
        tf.mul(
          labels,
          alongLastAxis(logits, at, (last) => tf.logSoftmax(last, -1)),
        ),
        at,
      ),
    ),
  );
}

export const softmaxCrossEntropyOp = defineOp({
  type: 'softmaxCrossEntropy',
  family: 'loss',
  doc: 'How far the softmax of the logits is from given probabilities, one-hot or soft.',
  keywords: ['categorical cross-entropy', 'negative log-likelihood', 'classification', 'one-hot'],
  params: {
    axis: p.int({ default: -1, doc: 'The axis of the classes.' }),
    reduction: reductionParam,
  },
  inputs: { logits: port({ minRank: 1, doc: 'Scores before the softmax.' }), labels: port({ doc: 'Probabilities of the classes.' }) },
  outputs: { y: port() },
  infer: (inputs, { axis, reduction }) => {
    const logits = read(inputs, 'logits');
    requireFloat(logits, 'logits');
    requireSameShape(logits, read(inputs, 'labels'), 'labels');
    const at = resolveAxis(axis, logits.shape);
    return { y: { shape: reducedShape(logits.shape.toSpliced(at, 1), reduction), dtype: 'float32' } };
  },
  apply: (inputs, { axis, reduction }) =>
    reduceLoss(() => softmaxCrossEntropy(read(inputs, 'logits'), read(inputs, 'labels'), { axis }), reduction),
  emit: { flax: emitLoss('optax.softmax_cross_entropy') },
  examples: [
    { inputs: { logits: { shape: [3, 4] }, labels: { shape: [3, 4] } } },
    { args: { axis: 0, reduction: 'none' }, inputs: { logits: { shape: [3, 2] }, labels: { shape: [3, 2] } } },
  ],
});
