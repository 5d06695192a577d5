import { onnxLoss } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { emitLoss, reducedShape, reduceLoss, reductionParam, requireSameShape, typescriptLoss } from './shared/loss.ts';
import { read, requireFloat } from './shared/ports.ts';
import { reducedLoss } from './shared/keras.ts';
import { operand } from './shared/python.ts';

/**
 * error² / 2 up to `delta` and straight lines beyond, number by number, for error = prediction - target, both of one shape. The caller
 * disposes the result. Port of optax.huber_loss.
 */
export function huberLoss(predictions: tf.Tensor, targets: tf.Tensor, { delta = 1 }: { readonly delta?: number } = {}): tf.Tensor {
  return tf.tidy(() =>
    withDerivative(
      tf.sub(predictions, targets),
      (error) => {
        const clipped = tf.clipByValue(error, -delta, delta);
        return { value: tf.mul(clipped, tf.sub(error, tf.mul(clipped, 0.5))), saved: [clipped] };
      },
      (dy, clipped) => tf.mul(dy, clipped!),
    ),
  );
}

export const huberLossOp = defineOp({
  type: 'huberLoss',
  family: 'loss',
  doc: 'Squares small errors and takes large ones as they are, so that outliers count less.',
  keywords: ['huber', 'smooth l1', 'robust', 'regression'],
  params: {
    delta: p.float({ default: 1, min: 0, step: 0.1, doc: 'The error from which on the loss is a straight line.' }),
    reduction: reductionParam,
  },
  inputs: { predictions: port(), targets: port() },
  outputs: { y: port() },
  infer: (inputs, { reduction }) => {
    const predictions = read(inputs, 'predictions');
    requireFloat(predictions, 'predictions');
    requireSameShape(predictions, read(inputs, 'targets'), 'targets');
    return { y: { shape: reducedShape(predictions.shape, reduction), dtype: 'float32' } };
  },
  apply: (inputs, { delta, reduction }) =>
    reduceLoss(() => huberLoss(read(inputs, 'predictions'), read(inputs, 'targets'), { delta }), reduction),
  emit: {
    keras: ({ predictions, targets }, context) => {
      const losses = `keras.losses.huber(${operand(targets!)}[..., None], ${operand(predictions!)}[..., None], delta=${context.source('delta')})`;
      return reducedLoss(losses, context);
    },
    pytorch: {
      write: ({ predictions, targets }, { option }) =>
        `F.huber_loss(${predictions}, ${targets}${option('reduction', 'reduction', 'mean')}${option('delta', 'delta', 1)})`,
    },
    flax: emitLoss('optax.huber_loss'),
    typescript: typescriptLoss('huberLoss'),
  },
  onnx: ({ predictions, targets }, context) => {
    const { args, node, cast, constant } = context;
    const delta = constant(Number(args['delta']));
    const error = node('Abs', [node('Sub', [predictions!.name, cast(targets!, 'float32')])]);
    const inner = node('Min', [error, delta]);
    const square = node('Mul', [constant(0.5), node('Mul', [inner, inner])]);
    return onnxLoss(node('Add', [square, node('Mul', [delta, node('Sub', [error, inner])])]), context);
  },
  examples: [
    { inputs: { predictions: { shape: [4, 3] }, targets: { shape: [4, 3] } } },
    { args: { delta: 0.5, reduction: 'sum' }, inputs: { predictions: { shape: [5] }, targets: { shape: [5] } } },
  ],
});
