/** @file What the losses share: optax's functions give a loss per example, an op gives the mean unless told otherwise. */
import type { EmitContext, OpEmitter } from '../../spec/emit.ts';
import { p } from '../../spec/params.ts';
import { reject } from '../../spec/reject.ts';
import { formatShape, sameShape, type Shape, type TensorSpec } from '../../spec/shape.ts';
import { tf } from '../../tensor/tf.ts';
import { emitCall } from './python.ts';

export const reductionParam = p.choice({
  default: 'mean',
  choices: ['mean', 'sum', 'none'],
  doc: 'What is made of the losses of the examples: their mean, their sum, or nothing.',
});

/** Mean or sum over all axes. Disposes the losses if it makes something else of them. */
export function reduceLoss(losses: () => tf.Tensor, reduction: string): tf.Tensor {
  if (reduction === 'none') return losses();
  return tf.tidy(() => (reduction === 'sum' ? tf.sum(losses()) : tf.mean(losses())));
}

/** The shape after the reduction. */
export function reducedShape(shape: Shape, reduction: string): Shape {
  return reduction === 'none' ? shape : [];
}

/** `optax.name(a, b).mean()`. */
export function emitLoss(name: string, drop: readonly string[] = []): OpEmitter {
  const losses = emitCall(name, { drop: ['reduction', ...drop] });
  return (inputs, context) => losses(inputs, context) + emitReduction(context);
}

/** `.mean()`, `.sum()` or nothing. */
export function emitReduction({ args }: EmitContext): string {
  const reduction = args['reduction'] ?? 'mean';
  return reduction === 'none' ? '' : `.${String(reduction)}()`;
}

/** Rejects a target of another shape than the prediction: broadcasting here is nearly always a mistake. */
export function requireSameShape(prediction: TensorSpec, target: TensorSpec, port: string): void {
  if (sameShape(prediction.shape, target.shape)) return;
  reject({
    code: 'shape/target',
    port,
    expected: `the shape of the prediction, ${formatShape(prediction.shape)}`,
    got: formatShape(target.shape),
    fix: 'Reshape the target or the prediction so that each number has its own target.',
  });
}
