/** @file One training step, and the loss and accuracy on rows that it does not see. */
import { DiffState, valueAndGrad } from '../nnx/grad.ts';
import type { CallableModule } from '../nnx/module.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import type { Batch } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import type { Objective } from './objective.ts';

/** A model as running needs it: tensors in, one tensor or several out. */
export type RunnableModel = CallableModule<tf.Tensor[], tf.Tensor | readonly tf.Tensor[]>;

/** What a model gave, as a list. */
export function outputsOf(result: tf.Tensor | readonly tf.Tensor[]): readonly tf.Tensor[] {
  return result instanceof tf.Tensor ? [result] : result;
}

/**
 * Moves the Params that the optimizer was made for by one batch. Returns the loss before the step, which the caller disposes; the batch stays the caller's.
 * @param check sees the outputs before the loss is taken, and may throw: no Param is changed then.
 */
export function trainStep(
  model: RunnableModel,
  optimizer: Optimizer,
  batch: Batch,
  objective: Objective,
  check?: (outputs: readonly tf.Tensor[]) => void,
): tf.Tensor {
  const [value, gradients] = valueAndGrad(
    (model: RunnableModel) => {
      const outputs = outputsOf(model.call(...batch.inputs));
      check?.(outputs);
      return objective.compute(outputs, batch);
    },
    { argnums: new DiffState(0, optimizer.wrt) },
  )(model);
  optimizer.update(model, gradients);
  gradients.dispose();
  return value;
}

export interface Evaluation {
  readonly testLoss: number;
  /** Only where the loss is one of classes; NaN where the loss is none. */
  readonly testAccuracy?: number;
}

/** Mean loss and share of right answers over all batches, which are disposed. The model should be in evaluation mode. */
export async function evaluate(model: RunnableModel, batches: Iterable<Batch>, objective: Objective): Promise<Evaluation> {
  let rows = 0;
  let lossSum = 0;
  let correct = 0;
  for (const { inputs, labels } of batches) {
    const [lossOfBatch, right] = tf.tidy(() => {
      const outputs = outputsOf(model.call(...inputs));
      return [objective.compute(outputs, { inputs, labels }), objective.countCorrect(outputs, labels) ?? tf.scalar(0)] as [
        tf.Tensor,
        tf.Tensor,
      ];
    });
    const count = labels?.size ?? inputs[0]?.shape[0] ?? 0;
    tf.dispose([...inputs, ...(labels ? [labels] : [])]);
    const [[lossNumber = NaN], [rightNumber = NaN]] = await Promise.all([lossOfBatch.data(), right.data()]);
    tf.dispose([lossOfBatch, right]);
    rows += count;
    lossSum += lossNumber * count;
    correct += rightNumber;
  }
  const testLoss = lossSum / rows;
  return { testLoss, ...(objective.isOfClasses ? { testAccuracy: Number.isNaN(testLoss) ? NaN : correct / rows } : {}) };
}
