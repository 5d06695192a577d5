/** @file One forward and one backward pass of a live model, with every wire watched and every probe captured. */
import type { ModelDocument } from '../document/schema.ts';
import { capture } from '../nnx/capture.ts';
import type { Diagnostic } from '../nnx/diagnostics.ts';
import { variablesBelow, type WatchedVariable } from '../nnx/grad-arguments.ts';
import type { State } from '../nnx/state.ts';
import { withTapRecorder } from '../nnx/taps.ts';
import { watchModules } from '../nnx/watch-modules.ts';
import { Param, type Variable } from '../nnx/variable.ts';
import type { LabelInfo } from '../spec/loss.ts';
import type { Batch } from '../spec/source.ts';
import { interruptible } from '../tensor/interrupt.ts';
import { tf } from '../tensor/tf.ts';
import type { Objective } from './objective.ts';
import type { OpenedModel } from './open-model.ts';
import { EveryPerturbation } from './perturbations.ts';
import { capturedTypes } from './probes.ts';
import { outputsOf } from './step.ts';
import { recordWatched, type Watch, type WatchedOutput, type WatchedValue, type WatchOptions } from './watch.ts';

/** What a pass gave. Whoever holds it owns its tensors and States. */
export interface Pass {
  readonly loss: tf.Tensor;
  readonly outputs: readonly tf.Tensor[];
  /** How many rows of the batch were right; null where the loss is not one of classes. */
  readonly correct: tf.Tensor | null;
  /** The inputs of the tape are these, and then handles on wires and perturbations. */
  readonly params: readonly WatchedVariable[];
  /** In the order of the inputs; null where one does not reach the loss. */
  readonly gradients: readonly (tf.Tensor | null)[];
  readonly watched: readonly WatchedValue[];
  readonly insides: readonly WatchedOutput[];
  /** How often each Module was called, by its path as JSON. */
  readonly calls: ReadonlyMap<string, number>;
  readonly perturbations: EveryPerturbation;
  /** What `capture` returned, one State per type. */
  readonly states: readonly State<Variable<unknown>>[];
}

export interface PassOptions {
  readonly document: ModelDocument;
  readonly labels: LabelInfo | null;
  readonly objective: Objective;
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
  /** On the way there: what share of the Modules has been called. */
  readonly onCall?: WatchOptions['onCall'];
  readonly change?: WatchOptions['change'];
  /** The forward pass has ended, and the way back begins. */
  readonly onBackward: () => void;
  /** Lets messages in on the way back, of which so much is done, from 0 to 1. What it throws ends the pass. */
  readonly pause?: (share: number) => Promise<void>;
  /** Called every now and then on the way there, which lets nothing in. What it throws ends the pass. */
  readonly stopIfAsked?: () => void;
}

const goOn = (): Promise<void> => Promise.resolve();

/** Frees what a pass holds and nobody took over. */
export function disposePass({ loss, outputs, correct, gradients, watched, insides, states }: Partial<Pass>): void {
  const values = [...(watched ?? []), ...(insides ?? [])].map(({ value }) => value);
  for (const tensor of [loss, correct, ...(outputs ?? []), ...(gradients ?? []), ...values]) tensor?.dispose();
  for (const state of states ?? []) state.dispose();
}

/**
 * Runs the model on a batch, which stays the caller's. Variables that the model changes on the way stay changed.
 * @throws RunError where outputs and labels do not fit; nothing is left behind then.
 */
export async function runPass({ model, observing }: OpenedModel, batch: Batch, options: PassOptions): Promise<Pass> {
  const { document, labels, objective, onDiagnostic, onBackward, pause = goOn, stopIfAsked } = options;
  const params = variablesBelow(model).filter(({ variable }) => variable instanceof Param);
  const inputs = params.map(({ variable }) => variable.getValue() as tf.Tensor);
  const perturbations = new EveryPerturbation(inputs);
  const run = capture(model, capturedTypes(document), { onDiagnostic });
  const kept: { -readonly [K in 'outputs' | 'correct' | 'states']: Pass[K] } = { outputs: [], correct: null, states: [] };
  const forward = (watch: Watch): tf.Tensor => {
    const [result, ...states] = observing(watch.observe, (running) =>
      watchModules(model, watch.inside(model, running), () => run(...batch.inputs)),
    ) as [tf.Tensor, ...State<Variable<unknown>>[]];
    kept.states = states;
    const outputs = outputsOf(result);
    objective.checkLabels(labels, outputs[0]?.shape ?? []);
    const value = objective.compute(outputs, batch);
    kept.outputs = outputs.map((output) => tf.keep(tf.clone(output)));
    const correct = objective.countCorrect(outputs, batch.labels);
    kept.correct = correct && tf.keep(correct);
    onBackward();
    return value;
  };
  try {
    // The way there is over when this returns: what follows is not recorded.
    const recording = withTapRecorder(perturbations, () =>
      recordWatched(inputs, (watch) => interruptible(stopIfAsked, () => forward(watch)), pause, options),
    );
    const { value, gradients, watch } = await recording;
    const { values: watched, outputs: insides, calls } = watch;
    return { loss: value, params, gradients, watched, insides, calls, perturbations, ...kept };
  } catch (error) {
    disposePass(kept);
    throw error;
  }
}
