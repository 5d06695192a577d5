import { knownLength } from '../spec/onnx.ts';
import { onnxLoss } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { logSoftmax } from './log-softmax.ts';
import { resolveAxes, resolveAxis } from './shared/axes.ts';
import {
  alignWhere,
  type ClassAxes,
  emitLoss,
  emitReduction,
  reducedShape,
  reduceLoss,
  reductionParam,
  requireSameShape,
  requireWhere,
  wherePort,
  typescriptLoss,
} from './shared/loss.ts';
import { read, rejectParam, requireFloat } from './shared/ports.ts';
import { operand, pythonCall } from './shared/python.ts';
import { kerasOps, needLength, needSpec, reducedLoss } from './shared/keras.ts';
import { kerasGap } from '../spec/emit-keras.ts';

export interface CrossEntropyOptions extends ClassAxes {
  /** How much of each label is spread over all classes. Port of optax.smooth_labels. */
  readonly labelSmoothing?: number;
}

/**
 * -Σ labels · log(softmax(logits)) over `axis`, one loss per example. Labels are probabilities of the same shape, one-hot or soft; what `where`
 * leaves out counts neither for the softmax nor for the sum; the gradient by its label is NaN, as in JAX. The caller disposes the result.
 * Port of optax.softmax_cross_entropy.
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor,
  labels: tf.Tensor,
  { axis = -1, labelSmoothing = 0, where = null }: CrossEntropyOptions = {},
): tf.Tensor {
  const axes = resolveAxes(axis, logits.shape);
  return tf.tidy(() => {
    const classes = axes.reduce((count, each) => count * logits.shape[each]!, 1);
    const targets = labelSmoothing === 0 ? labels : tf.add(tf.mul(labels, 1 - labelSmoothing), labelSmoothing / classes);
    const mask = where && alignWhere(where, logits, axes);
    const terms = tf.mul(targets, logSoftmax(logits, { axis: axes, where: mask }));
    // Chosen, not multiplied: the logarithm of what is left out is -Infinity.
    return tf.neg(tf.sum(mask ? tf.where(mask, terms, tf.zerosLike(terms)) : terms, axes));
  });
}

export const softmaxCrossEntropyOp = defineOp({
  type: 'softmaxCrossEntropy',
  family: 'loss',
  doc: 'How far the softmax of the logits is from given probabilities, one-hot or soft.',
  keywords: ['categorical cross-entropy', 'negative log-likelihood', 'classification', 'one-hot'],
  params: {
    axis: p.int({ default: -1, doc: 'The axis of the classes.' }),
    labelSmoothing: p.float({ default: 0, min: 0, max: 1, step: 0.05, doc: 'How much of each label is spread over all classes.' }),
    reduction: reductionParam,
  },
  inputs: {
    logits: port({ minRank: 1, doc: 'Scores before the softmax.' }),
    labels: port({ doc: 'Probabilities of the classes.' }),
    where: wherePort,
  },
  outputs: { y: port() },
  infer: (inputs, { axis, labelSmoothing, reduction }) => {
    const logits = read(inputs, 'logits');
    requireFloat(logits, 'logits');
    requireSameShape(logits, read(inputs, 'labels'), 'labels');
    const at = resolveAxis(axis, logits.shape);
    if (labelSmoothing !== 0 && at !== logits.shape.length - 1)
      rejectParam(
        'labelSmoothing',
        'the classes on the last axis',
        `axis ${axis}`,
        'Set axis to -1: optax smooths labels along the last axis.',
      );
    requireWhere(inputs['where'], logits, [at]);
    return { y: { shape: reducedShape(logits.shape.toSpliced(at, 1), reduction), dtype: 'float32' } };
  },
  apply: (inputs, { reduction, ...options }) =>
    reduceLoss(
      () => softmaxCrossEntropy(read(inputs, 'logits'), read(inputs, 'labels'), { ...options, where: inputs['where'] ?? null }),
      reduction,
    ),
  emit: {
    keras: ({ logits, labels, where }, context) => {
      if (where !== undefined) kerasGap('There is no cross-entropy with a mask for Keras here.');
      const smoothing = context.args['labelSmoothing'] as number;
      const classes = smoothing === 0 ? 1 : needLength(needSpec(context, 'logits').shape.at(-1));
      const smoothed = smoothing === 0 ? operand(labels!) : `(${operand(labels!)} * ${1 - smoothing} + ${smoothing / classes})`;
      const axis = `axis=${context.source('axis')}`;
      return reducedLoss(`-${kerasOps(context, 'sum', `${smoothed} * ${kerasOps(context, 'log_softmax', logits!, axis)}`, axis)}`, context);
    },
    pytorch: {
      write: ({ logits, labels, where }, context) => {
        if (where !== undefined) return context.refuse("PyTorch's cross-entropy leaves no entries out.");
        const axis = context.source('axis');
        const smoothing = context.args['labelSmoothing'] as number;
        const classes = context.spec('logits')?.shape.at(-1);
        if (smoothing !== 0 && typeof classes !== 'number') return context.refuse('The number of classes is not known.');
        const targets = smoothing === 0 ? operand(labels!) : `(${operand(labels!)} * ${1 - smoothing} + ${smoothing / Number(classes)})`;
        return `-(${targets} * F.log_softmax(${logits}, dim=${axis})).sum(dim=${axis})${emitReduction(context)}`;
      },
    },
    flax: (inputs, context) => {
      const labels = read(inputs, 'labels');
      const smoothed =
        context.args['labelSmoothing'] === 0 ? labels : pythonCall('optax.smooth_labels', labels, context.source('labelSmoothing'));
      return emitLoss('optax.softmax_cross_entropy', ['labelSmoothing'])({ ...inputs, labels: smoothed }, context);
    },
    typescript: typescriptLoss('softmaxCrossEntropy', ['where']),
  },
  onnx: ({ logits, labels, where }, context) => {
    const { args, node, cast, constant, ints } = context;
    if (where) context.refuse('Its input "where" is not written for ONNX.');
    const axis = resolveAxis(Number(args['axis']), logits!.shape);
    const smoothing = Number(args['labelSmoothing']);
    const given = cast(labels!, 'float32');
    const classes = smoothing === 0 ? 1 : knownLength(labels!, -1, context);
    const smoothed = smoothing === 0 ? given : node('Add', [node('Mul', [given, constant(1 - smoothing)]), constant(smoothing / classes)]);
    const products = node('Mul', [smoothed, node('LogSoftmax', [logits!.name], { axis })]);
    return onnxLoss(node('Neg', [node('ReduceSum', [products, ints([axis])], { keepdims: 0 })]), context);
  },
  examples: [
    { inputs: { logits: { shape: [3, 4] }, labels: { shape: [3, 4] } } },
    { args: { labelSmoothing: 0.2 }, inputs: { logits: { shape: [2, 3] }, labels: { shape: [2, 3] } } },
    { args: { axis: 0, reduction: 'none' }, inputs: { logits: { shape: [3, 2] }, labels: { shape: [3, 2] } } },
  ],
});
