/** @file Every case of the plan that is built, called once and differentiated: numbers as Flax gave them, and no tensor left over. */
import { describe, expect, it } from 'vitest';
import { weighted } from '../fixtures/formula.ts';
import { isRecordedState, loadPlan, type Recorded } from '../fixtures/load.ts';
import type { PlannedCase } from '../fixtures/plan.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import type { Module } from '../nnx/module.ts';
import { tensorsIn } from '../nnx/ownership.ts';
import type { State } from '../nnx/state.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { tf } from '../tensor/tf.ts';
import { callPlanned, floatInputs, prepare, prepareInputs, variablesOf } from './golden/build.ts';
import { CLASSES } from './golden/classes.ts';
import { CLOSE, expectRecorded, expectRecordedState } from './golden/compare.ts';
import { recordedOf } from './golden/run.ts';

const standard = (await loadPlan()).filter(({ build, flow }) => build && !flow);

describe.each(standard.map((planned) => [planned.id, planned.title, planned] as const))('%s %s', (_id, _title, planned) => {
  it('gives what Flax gives, and leaves no tensor over', () => {
    const recorded = recordedOf(planned);
    const before = tf.memory().numTensors;
    const module = prepare(planned);
    const inputs = prepareInputs(planned);
    tf.tidy(() => {
      // The first call gives the output: nothing has moved yet, as in the copy that Flax is asked for it.
      const out = planned.record.some((name) => name.startsWith('grad_'))
        ? expectGradients(planned, module, inputs, recorded)
        : Array.from({ length: planned.repeat ?? 1 }, () => callPlanned(module, planned.call!, inputs))[0];
      if (planned.record.includes('out')) expectRecorded(out, recorded['out'], CLOSE, 'out');
    });
    for (const name of planned.record.filter((each) => each.startsWith('state:'))) {
      const variables = variablesOf(module).filter(([, variable]) => typeNameOf(variable) === name.slice('state:'.length));
      if (!isRecordedState(recorded[name])) throw new TypeError(`${name} was not recorded as a State.`);
      expectRecordedState(variables, recorded[name], CLOSE, name);
    }
    for (const extra of planned.extra ?? []) {
      const out = callPlanned(module, extra.call, inputs) as tf.Tensor;
      tf.tidy(() => expectRecorded(extra.as === 'isnan' ? tf.isNaN(out) : out, recorded[extra.name], CLOSE, extra.name));
      out.dispose();
    }
    dispose([module, inputs]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

type Floats = Readonly<Record<string, tf.Tensor>>;
type Run = (module: Module, floats: Floats) => [[value: tf.Tensor, out: unknown], [ofParams: State, ofInputs: Floats]];

/** Checks loss and gradients; gives the output of the call. */
function expectGradients(
  planned: PlannedCase,
  module: Module,
  inputs: Record<string, tf.Tensor>,
  recorded: Readonly<Record<string, Recorded>>,
): unknown {
  const names = floatInputs(planned.call!, inputs);
  const floats = Object.fromEntries(names.map((name) => [name, inputs[name]!]));
  const loss = (model: Module, given: Record<string, tf.Tensor>) => {
    const out = callPlanned(model, planned.call!, { ...inputs, ...given });
    return [weighted(tensorsIn(out)), out] as const;
  };
  const run = valueAndGrad(loss as never, { argnums: [0, 1], hasAux: true }) as unknown as Run;
  const [[value, out], [ofParams, ofInputs]] = run(module, floats);
  if (planned.record.includes('loss')) expectRecorded(value, recorded['loss'], CLOSE, 'loss');
  if (planned.record.includes('grad_params')) {
    if (!isRecordedState(recorded['grad_params'])) throw new TypeError('grad_params was not recorded as a State.');
    expectRecordedState(ofParams.flat(), recorded['grad_params'], CLOSE, 'gradient of');
  }
  if (planned.record.includes('grad_inputs')) {
    const wanted = recorded['grad_inputs'] as Readonly<Record<string, Recorded>>;
    expect(Object.keys(ofInputs).sort()).toEqual(Object.keys(wanted).sort());
    for (const [name, gradient] of Object.entries(wanted)) expectRecorded(ofInputs[name], gradient, CLOSE, `gradient of ${name}`);
  }
  ofParams.dispose();
  return out;
}

it('covers every class that the plan builds', () => {
  expect([...new Set(standard.map(({ build }) => build!.cls))].filter((cls) => !(cls in CLASSES))).toEqual([]);
});
