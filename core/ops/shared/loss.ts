/** @file What the losses share: optax's functions give a loss per example, an op gives the mean unless told otherwise. */
import type { EmitContext, OpEmitter, TypeScriptContext, TypeScriptOp } from '../../spec/emit.ts';
import { reshaping } from '../../spec/mend.ts';
import { p } from '../../spec/params.ts';
import { reject } from '../../spec/reject.ts';
import { port } from '../../spec/ports.ts';
import { broadcastShapes, formatShape, sameShape, type Shape, type TensorSpec } from '../../spec/shape.ts';
import { tf } from '../../tensor/tf.ts';
import { requireType } from './ports.ts';
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

/** `optax.name(a, b, where=c).mean()`. */
export function emitLoss(name: string, drop: readonly string[] = []): OpEmitter {
  const losses = emitCall(name, { drop: ['reduction', ...drop] });
  return ({ where, ...inputs }, context) =>
    losses(where === undefined ? inputs : { ...inputs, where: `where=${where}` }, context) + emitReduction(context);
}

/** `ops.mean(ops.huberLoss(a, b))`; `named` are inputs among the options. */
export function typescriptLoss(name: string, named: readonly string[] = []): TypeScriptOp {
  return (inputs, context) => {
    const values = Object.entries(inputs).flatMap(([port, value]) => (named.includes(port) ? [] : [value]));
    const more = named.flatMap((port) => (inputs[port] === undefined ? [] : [inputs[port] === port ? port : `${port}: ${inputs[port]}`]));
    const options = context.options({ drop: ['reduction'], more });
    return reduced(`${context.use('ops')}.${name}(${[...values, options].filter(Boolean).join(', ')})`, context);
  };
}

/** The same for a function that takes the mean itself; `part` is what it takes the mean of. */
export function typescriptMeanLoss(name: string, part: string): TypeScriptOp {
  return ({ predictions, targets }, context) => {
    const ops = context.use('ops');
    if (context.args['reduction'] === 'mean') return `${ops}.${name}(${predictions}, ${targets})`;
    return reduced(`${ops}.${part}(${ops}.subtract(${predictions}, ${targets}))`, context);
  };
}

function reduced(losses: string, { args, use }: TypeScriptContext): string {
  const reduction = args['reduction'] ?? 'mean';
  return reduction === 'none' ? losses : `${use('ops')}.${String(reduction)}(${losses})`;
}

/** `.mean()`, `.sum()` or nothing. */
export function emitReduction({ args }: Pick<EmitContext, 'args'>): string {
  const reduction = args['reduction'] ?? 'mean';
  return reduction === 'none' ? '' : `.${String(reduction)}()`;
}

/** What the losses over classes take besides a reduction. */
export interface ClassAxes {
  /** The axis of the classes, or several axes that are one together, row by row. */
  readonly axis?: number | readonly number[];
  /** False, or 0, leaves an entry out: of the shape of the logits, or without the axes of the classes. */
  readonly where?: tf.Tensor | null;
}

/** The port for `where`. */
export const wherePort = port({
  optional: true,
  dtype: 'bool',
  doc: 'Which entries count, of the shape of the logits; or which examples.',
});

/** `where` as truth values with the axes of the logits. The surrounding tidy frees what is made. */
export function alignWhere(where: tf.Tensor, logits: tf.Tensor, axes: readonly number[]): tf.Tensor {
  const mask = tf.cast(where, 'bool');
  if (where.rank === logits.rank) return mask;
  const shape = [...where.shape];
  for (const axis of axes) shape.splice(axis, 0, 1);
  return tf.reshape(mask, shape);
}

/** Rejects a `where` that fits neither all entries nor the examples. */
export function requireWhere(where: TensorSpec | undefined, logits: TensorSpec, axes: readonly number[]): void {
  if (!where) return;
  requireType(where, ['bool'], 'where');
  const examples = logits.shape.filter((_, i) => !axes.includes(i));
  const whole = where.shape.length === logits.shape.length ? logits.shape : examples;
  const common = broadcastShapes(where.shape, whole);
  if (common && sameShape(common, whole)) return;
  reject({
    code: 'shape/broadcast',
    port: 'where',
    expected: `a shape that broadcasts to ${formatShape(logits.shape)}, or to ${formatShape(examples)}`,
    got: formatShape(where.shape),
    fix: 'Give one truth value for each logit, or for each example.',
  });
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
    mends: reshaping(port, target.shape, prediction.shape).filter((mend) => mend.kind === 'set' || mend.type !== 'Linear'),
  });
}
