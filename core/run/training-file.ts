/**
 * @file A training between two steps as one safetensors file: the weights under Flax's paths, what the optimizer remembers under `optimizer.` and
 * Flax's paths of nnx.Optimizer (`optimizer.opt_state.0.mu.linear1.kernel`), and in the metadata the step and how far random streams have come.
 */
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { pathText } from '../nnx/path.ts';
import { RngCount } from '../nnx/rngs.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import { fail } from '../spec/run-error.ts';
import { readSafetensors, writeSafetensors } from '../weights/safetensors.ts';
import { loadStored, storeWeights } from '../weights/weights.ts';
import type { RunnableModel } from './runnable-model.ts';

const PREFIX = 'optimizer.';

interface Standing {
  readonly model: RunnableModel;
  readonly optimizer: Optimizer;
  readonly step: number;
}

/** As it stands when this is called: a training may go on meanwhile. */
export async function saveTraining({ model, optimizer, step }: Standing): Promise<Uint8Array> {
  const streams = countsOf(model).map(({ path, variable }) => [pathText(path), variable.value]);
  const [weights, moments] = await Promise.all([storeWeights(model), storeWeights(optimizer)]);
  const prefixed = Object.entries(moments).map(([name, tensor]) => [PREFIX + name, tensor] as const);
  const metadata = { format: 'flax.nnx', step: String(step), streams: JSON.stringify(Object.fromEntries(streams)) };
  return writeSafetensors({ ...weights, ...Object.fromEntries(prefixed) }, metadata);
}

/** Puts a saved training into a model and an optimizer that were made from the same document; gives its step. @throws RunError where it does not fit. */
export function loadTraining(bytes: Uint8Array, { model, optimizer }: Pick<Standing, 'model' | 'optimizer'>): number {
  const { tensors, metadata } = readSafetensors(bytes);
  const step = Number(metadata['step']);
  if (!Number.isInteger(step) || step < 0)
    fail(
      'train/no-step',
      'Expected the file of a training, which says its step, got other weights.',
      'Choose the file of a saved training.',
    );
  const all = Object.entries(tensors);
  const own = (isOptimizer: boolean) =>
    Object.fromEntries(
      all
        .filter(([name]) => name.startsWith(PREFIX) === isOptimizer)
        .map(([name, tensor]) => [isOptimizer ? name.slice(PREFIX.length) : name, tensor]),
    );
  loadStored(model, own(false));
  loadStored(optimizer, own(true));
  const streams = JSON.parse(metadata['streams'] ?? '{}') as Readonly<Record<string, number>>;
  for (const { path, variable } of countsOf(model)) {
    const count = streams[pathText(path)];
    if (count !== undefined) variable.value = count;
  }
  return step;
}

function countsOf(model: RunnableModel) {
  return variablesBelow(model).flatMap(({ path, variable }) => (variable instanceof RngCount ? [{ path, variable }] : []));
}
