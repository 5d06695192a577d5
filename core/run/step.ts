/** @file One training step, and the loss and accuracy on rows that it does not see. */
import { DiffState, valueAndGrad } from '../nnx/grad.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import type { Batch } from '../spec/source.ts';
import { interruptible } from '../tensor/interrupt.ts';
import { tf } from '../tensor/tf.ts';
import type { StepProbe } from './measuring.ts';
import type { Objective } from './objective.ts';
import type { RunnableModel } from './runnable-model.ts';

/** What a model gave, as a list. */
export function outputsOf(result: tf.Tensor | readonly tf.Tensor[]): readonly tf.Tensor[] {
  return result instanceof tf.Tensor ? [result] : result;
}

export interface StepOptions {
  readonly check?: ((outputs: readonly tf.Tensor[]) => void) | undefined;
  readonly stopIfAsked?: (() => void) | undefined;
  readonly probe?: StepProbe | null;
}

/**
 * Moves the Params that the optimizer was made for by one batch. Returns the loss before the step, which the caller disposes; the batch stays the caller's.
 * `check` sees the outputs before the loss is taken, and may throw: no Param is changed then. `stopIfAsked` is called every now and then on the
 * way there and back, and may throw: no Param is changed then, but statistics and random streams may be. `probe` sees values and gradients on
 * their way.
 */
export function trainStep(
  model: RunnableModel,
  optimizer: Optimizer,
  batch: Batch,
  objective: Objective,
  { check, stopIfAsked, probe }: StepOptions = {},
): tf.Tensor {
  const through = valueAndGrad(
    (model: RunnableModel) => {
      const call = (): tf.Tensor | readonly tf.Tensor[] => model.call(...batch.inputs);
      const outputs = outputsOf(probe ? probe.forward(model, call) : call());
      check?.(outputs);
      return objective.compute(outputs, batch);
    },
    { argnums: new DiffState(0, optimizer.wrt) },
  );
  const [value, gradients] = interruptible(stopIfAsked, () => through(model));
  probe?.gradients(gradients);
  optimizer.update(model, gradients);
  probe?.moved();
  gradients.dispose();
  return value;
}

export interface Evaluation {
  readonly testLoss: number;
  /** Only where the loss is one of classes; NaN where the loss is none. */
  readonly testAccuracy?: number;
}

/**
 * Mean loss and share of right answers over all batches, which are disposed. The model should be in evaluation mode.
 * @param stopIfAsked as in `trainStep`.
 */
export async function evaluate(
  model: RunnableModel,
  batches: Iterable<Batch>,
  objective: Objective,
  stopIfAsked?: () => void,
): Promise<Evaluation> {
  let rows = 0;
  let lossSum = 0;
  let correct = 0;
  for (const { inputs, labels } of batches) {
    const count = labels?.size ?? inputs[0]?.shape[0] ?? 0;
    const look = (): [tf.Tensor, tf.Tensor] => {
      const outputs = outputsOf(model.call(...inputs));
      return [objective.compute(outputs, { inputs, labels }), objective.countCorrect(outputs, labels) ?? tf.scalar(0)];
    };
    const [lossOfBatch, right] = disposing([...inputs, ...(labels ? [labels] : [])], () => interruptible(stopIfAsked, () => tf.tidy(look)));
    const [[lossNumber = NaN], [rightNumber = NaN]] = await Promise.all([lossOfBatch.data(), right.data()]);
    tf.dispose([lossOfBatch, right]);
    rows += count;
    lossSum += lossNumber * count;
    correct += rightNumber;
  }
  const testLoss = lossSum / rows;
  return { testLoss, ...(objective.isOfClasses ? { testAccuracy: Number.isNaN(testLoss) ? NaN : correct / rows } : {}) };
}

/** Runs `f`, whatever comes of it, and then frees what it worked on. */
function disposing<T>(tensors: tf.Tensor[], f: () => T): T {
  try {
    return f();
  } finally {
    tf.dispose(tensors);
  }
}
