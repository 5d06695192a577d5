/** @file What all golden tests do: find cases, hand out inputs, and see that nothing is left over. */
import { expect } from 'vitest';
import { isRecordedState, loadFixtures, loadPlan, type Fixture, type Recorded, type RecordedState } from '../../fixtures/load.ts';
import type { PlannedCase } from '../../fixtures/plan.ts';
import { dispose } from '../../nnx/dispose.ts';
import { tf } from '../../tensor/tf.ts';
import { prepareInputs } from './build.ts';

const [plan, golden, layers] = await Promise.all([loadPlan(), loadFixtures('golden'), loadFixtures('layers')]);

export type Inputs = Readonly<Record<string, tf.Tensor>>;

/** The cases of a flow, or of none. */
export function casesOf(flow: string): (readonly [id: string, title: string, planned: PlannedCase])[] {
  return plan.filter((planned) => planned.flow === flow).map((planned) => [planned.id, planned.title, planned] as const);
}

/** The cases that are neither built nor a flow: calls of functions. */
export function functionCases(): (readonly [id: string, title: string, planned: PlannedCase])[] {
  return plan
    .filter(({ fn, flow }) => fn !== undefined && flow === undefined)
    .map((planned) => [planned.id, planned.title, planned] as const);
}

/** What Flax gave for a case. */
export function recordedOf({ id }: PlannedCase): Fixture {
  const fixture = golden[id] ?? layers[id];
  if (!fixture) throw new Error(`The case ${id} was not recorded. Run npm run test:flax.`);
  return fixture;
}

export function stateOf(recorded: Recorded | undefined): RecordedState {
  if (!isRecordedState(recorded)) throw new TypeError(`Recorded as ${JSON.stringify(recorded)}, not as a State.`);
  return recorded;
}

/** Runs a case in a tidy with its inputs; what it leaves behind must be freed by `dispose` of what it returns. */
export function runCase(planned: PlannedCase, run: (inputs: Inputs) => unknown): void {
  const before = tf.memory().numTensors;
  const inputs = prepareInputs(planned);
  let owned: unknown;
  tf.tidy(() => void (owned = run(inputs)));
  dispose([owned, inputs]);
  expect(tf.memory().numTensors, 'tensors left over').toBe(before);
}
