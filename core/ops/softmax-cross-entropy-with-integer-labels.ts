import { onnxLoss } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { formatShape, sameShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { logsumexp } from './logsumexp.ts';
import { oneHot } from './one-hot.ts';
import { resolveAxes, resolveAxis } from './shared/axes.ts';
import { withDerivative } from './shared/derivative.ts';
import {
  alignWhere,
  type ClassAxes,
  emitLoss,
  reducedShape,
  reduceLoss,
  reductionParam,
  requireWhere,
  wherePort,
  typescriptLoss,
} from './shared/loss.ts';
import { read, requireFloat, requireType } from './shared/ports.ts';
import { axisOf, rankOf } from './shared/pytorch.ts';
import { operand } from './shared/python.ts';
import { kerasOps, kerasRank, reducedLoss } from './shared/keras.ts';
import { kerasGap } from '../spec/emit-keras.ts';

/**
 * -log(softmax(logits)[label]) over `axis`, one loss per example: logits [..., classes] and labels [...] of int32 give [...] of float32.
 * A negative label counts from the last class, as in Python; one that names no class gives NaN. What `where` leaves out counts nothing in the
 * softmax; an example of which nothing is left gives 0. The caller disposes the result. Port of optax.softmax_cross_entropy_with_integer_labels.
 */
export function softmaxCrossEntropyWithIntegerLabels(
  logits: tf.Tensor,
  labels: tf.Tensor,
  { axis = -1, where = null }: ClassAxes = {},
): tf.Tensor {
  const axes = resolveAxes(axis, logits.shape);
  return tf.tidy(() => {
    const rows = toRows(logits, axes);
    if (!where) return alongClasses(rows, labels);
    const kept = toRows(tf.broadcastTo(tf.cast(alignWhere(where, logits, axes), 'int32'), logits.shape), axes);
    const isKept = tf.cast(kept, 'bool');
    const normalizers = logsumexp(tf.where(isKept, rows, tf.scalar(-Infinity)), { axis: -1 });
    const losses = tf.sub(normalizers, pick(rows, classOf(labels, rows)));
    return tf.where(tf.any(isKept, -1), losses, tf.zerosLike(losses));
  });
}

/** The axes of the classes as one, behind all others, which keep their order. */
function toRows(x: tf.Tensor, axes: readonly number[]): tf.Tensor {
  if (axes.length === 1 && axes[0] === x.rank - 1) return x;
  const others = [...x.shape.keys()].filter((axis) => !axes.includes(axis));
  const shape = [...others.map((axis) => x.shape[axis]!), axes.reduce((count, axis) => count * x.shape[axis]!, 1)];
  return tf.reshape(tf.transpose(x, [...others, ...axes]), shape);
}

/** Over the last axis, as one op. */
function alongClasses(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  return withDerivative(
    logits,
    (logits) => {
      const largest = tf.max(logits, -1, true);
      // An infinite shift would make NaN of Infinity - Infinity.
      const shifted = tf.sub(logits, tf.where(tf.isFinite(largest), largest, tf.zerosLike(largest)));
      const scores = tf.exp(shifted);
      const total = tf.sum(scores, -1, true);
      const chosen = classOf(labels, logits);
      const value = tf.sub(tf.log(tf.sum(scores, -1)), pick(shifted, chosen));
      return { value, saved: [scores, total, chosen] };
    },
    (dy, scores, total, chosen) => tf.mul(tf.expandDims(dy, -1), tf.sub(tf.div(scores!, total!), chosen!)),
  );
}

/** 1 at the class of each example; nowhere, if its label names none. */
function classOf(labels: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  const count = logits.shape.at(-1)!;
  return oneHot(tf.where(tf.less(labels, 0), tf.add(labels, tf.scalar(count, 'int32')), labels), count);
}

/** The number that is chosen of each row. Not by a product: 0 · Infinity would be NaN. Where none is chosen, the quotient is 0 / 0. */
function pick(rows: tf.Tensor, chosen: tf.Tensor): tf.Tensor {
  return tf.div(tf.sum(tf.where(tf.cast(chosen, 'bool'), rows, tf.zerosLike(rows)), -1), tf.sum(chosen, -1));
}

export const softmaxCrossEntropyWithIntegerLabelsOp = defineOp({
  type: 'softmaxCrossEntropyWithIntegerLabels',
  family: 'loss',
  doc: 'How far the softmax of the logits is from the right class, given as an integer.',
  keywords: ['sparse categorical cross-entropy', 'negative log-likelihood', 'nll', 'classification'],
  params: {
    axis: p.int({ default: -1, doc: 'The axis of the classes in the logits.' }),
    reduction: reductionParam,
  },
  inputs: {
    logits: port({ minRank: 1, doc: 'Scores before the softmax.' }),
    labels: port({ dtype: 'int32', doc: 'The right class of each example, from 0.' }),
    where: wherePort,
  },
  outputs: { y: port() },
  infer: (inputs, { axis, reduction }) => {
    const logits = read(inputs, 'logits');
    const labels = read(inputs, 'labels');
    requireFloat(logits, 'logits');
    requireType(labels, ['int32'], 'labels');
    const expected = logits.shape.toSpliced(resolveAxis(axis, logits.shape), 1);
    if (!sameShape(labels.shape, expected))
      reject({
        code: 'shape/labels',
        port: 'labels',
        expected: `one integer per example, ${formatShape(expected)}`,
        got: formatShape(labels.shape),
        fix: 'Take class indices, not one-hot vectors; for those use softmaxCrossEntropy.',
      });
    requireWhere(inputs['where'], logits, [resolveAxis(axis, logits.shape)]);
    return { y: { shape: reducedShape(expected, reduction), dtype: 'float32' } };
  },
  apply: (inputs, { axis, reduction }) =>
    reduceLoss(
      () => softmaxCrossEntropyWithIntegerLabels(read(inputs, 'logits'), read(inputs, 'labels'), { axis, where: inputs['where'] ?? null }),
      reduction,
    ),
  emit: {
    keras: ({ logits, labels, where }, context) => {
      if (where !== undefined) kerasGap('There is no cross-entropy with a mask for Keras here.');
      const rank = kerasRank(context, 'logits');
      const axes = [context.args['axis'] ?? -1].flat().map((axis) => (Number(axis) + rank) % rank);
      if (axes.length !== 1 || axes[0] !== rank - 1) kerasGap('Cross-entropy of Keras takes the classes on the last axis.');
      return reducedLoss(kerasOps(context, 'sparse_categorical_crossentropy', labels!, logits!, 'from_logits=True'), context);
    },
    pytorch: {
      write: ({ logits, labels, where }, context) => {
        if (where !== undefined) return context.refuse("PyTorch's cross-entropy leaves no entries out.");
        const rank = rankOf(context, 'logits');
        const axis = axisOf(context.args['axis'] as number, rank);
        const classes = rank > 2 && axis !== 1 ? `${operand(logits!)}.movedim(${context.source('axis')}, 1)` : logits;
        const isTurned = rank === 2 && axis === 0;
        return `F.cross_entropy(${isTurned ? `${operand(logits!)}.T` : classes}, ${operand(labels!)}.long()${context.option('reduction', 'reduction', 'mean')})`;
      },
    },
    flax: emitLoss('optax.softmax_cross_entropy_with_integer_labels'),
    typescript: typescriptLoss('softmaxCrossEntropyWithIntegerLabels', ['where']),
  },
  onnx: ({ logits, labels, where }, context) => {
    const { args, node, ints } = context;
    if (where) context.refuse('Its input "where" is not written for ONNX.');
    const axis = resolveAxis(Number(args['axis']), logits!.shape);
    const at = ints([axis]);
    const picked = node('GatherElements', [node('LogSoftmax', [logits!.name], { axis }), node('Unsqueeze', [labels!.name, at])], { axis });
    return onnxLoss(node('Neg', [node('Squeeze', [picked, at])]), context);
  },
  examples: [
    { inputs: { logits: { shape: [3, 4] }, labels: { shape: [3], dtype: 'int32', below: 4 } } },
    { inputs: { logits: { shape: [3, 4] }, labels: { shape: [3], dtype: 'int32', below: 4 }, where: { shape: [3, 4], dtype: 'bool' } } },
    { args: { axis: 1, reduction: 'none' }, inputs: { logits: { shape: [2, 3, 2] }, labels: { shape: [2, 2], dtype: 'int32', below: 3 } } },
  ],
});
