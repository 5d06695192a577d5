/** @file What all golden tests do: find cases, hand out inputs, and see that nothing is left over. */
import { afterAll, expect } from 'vitest';
import {
  isRecordedState,
  isRecordedTensor,
  loadFixtures,
  loadPlan,
  type Fixture,
  type Recorded,
  type RecordedState,
} from '../../fixtures/load.ts';
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

/** Places of what was recorded for the cases that ran, and that nobody has looked at yet. */
const unread = new Set<string>();
const watchedCases = new Map<string, Fixture>();
afterAll(() => expect([...unread], 'recorded, but compared with nothing').toEqual([]));

/** What Flax gave for a case. Whoever asks must compare all of it: a tensor or text that is never read fails the test file. */
export function recordedOf(
  { id }: Pick<PlannedCase, 'id'>,
  recordings: Readonly<Record<string, Fixture>> = { ...golden, ...layers },
): Fixture {
  const fixture = recordings[id];
  if (!fixture) throw new Error(`The case ${id} was not recorded. Run npm run test:flax.`);
  const watched = watchedCases.get(id) ?? watch(id, fixture);
  watchedCases.set(id, watched);
  return watched;
}

/** A copy that notes which of its tensors, and which of its other values by name, have been read. */
function watch(place: string, fixture: Fixture): Fixture {
  const copy = {};
  for (const [name, value] of Object.entries(fixture)) {
    const at = `${place} ${name}`;
    const inner = watchTensors(at, value);
    if (!JSON.stringify(value).includes('"data"')) unread.add(at);
    Object.defineProperty(copy, name, { enumerable: true, get: () => (unread.delete(at), inner) });
  }
  return copy;
}

function watchTensors(place: string, value: Recorded): Recorded {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part: Recorded, i) => watchTensors(`${place}[${i}]`, part));
  if (isRecordedTensor(value)) {
    const { data, ...facts } = value;
    unread.add(`${place}'s data`);
    return Object.defineProperty({ ...facts, data }, 'data', { get: () => (unread.delete(`${place}'s data`), data) });
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, watchTensors(`${place}.${name}`, part as Recorded)]));
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
