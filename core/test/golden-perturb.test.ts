/** @file The reference models of the plan: perturbation gradients, sowed values, recorded method outputs, views. */
import { describe, expect, it } from 'vitest';
import { weighted } from '../fixtures/formula.ts';
import type { Recorded } from '../fixtures/load.ts';
import { Dropout } from '../layers/dropout.ts';
import type { Linear } from '../layers/linear.ts';
import { capture } from '../nnx/capture.ts';
import { dispose } from '../nnx/dispose.ts';
import { grad, valueAndGrad } from '../nnx/grad.ts';
import { iterChildren, iterModules } from '../nnx/module.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { mergeState } from '../nnx/state-functions.ts';
import type { State } from '../nnx/state.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { BatchStat, Intermediate, Perturbation } from '../nnx/variable.ts';
import { view, viewInfo, withAttributes } from '../nnx/view.ts';
import { tf } from '../tensor/tf.ts';
import { prepare, variablesOf } from './golden/build.ts';
import { CLOSE, expectRecorded, expectRecordedState, flaxPath, type FlatVariables } from './golden/compare.ts';
import type { Model, ViewNet } from './golden/models.ts';
import { casesOf, recordedOf, runCase, stateOf } from './golden/run.ts';

const flat = (state: unknown) => (state as State).flat() as unknown as FlatVariables;

describe.each(casesOf('perturb_workflow'))('%s %s', (_id, _title, planned) => {
  it('gives the losses, gradients, perturbation gradients and sowed values that Flax gives', () => {
    const recorded = recordedOf(planned);
    runCase(planned, ({ x }) => {
      const twin = prepare(planned) as Model;
      const [out, perturbations] = capture(twin, [Perturbation])(x!);
      out.dispose();
      const model = prepare(planned) as Model;
      const loss = (m: Model, init: State, input: tf.Tensor) =>
        capture(m, [Intermediate], { init: init as never })(input) as unknown as [tf.Tensor, State];
      const run = valueAndGrad(loss, { argnums: [0, 1], hasAux: true });
      const [[lossValue, sowed], [grads, perturbGrads]] = run(model, perturbations as never, x!) as unknown as [
        [tf.Tensor, State],
        [State, State],
      ];
      const states = { perturbations, grads, perturb_grads: perturbGrads, sowed };
      for (const [name, state] of Object.entries(states)) {
        if (planned.record.includes(name)) expectRecordedState(flat(state), stateOf(recorded[name]), CLOSE, name);
      }
      if (planned.record.includes('loss')) expectRecorded(lossValue, recorded['loss'], CLOSE, 'loss');
      const merged = mergeState(perturbGrads, sowed as never) as unknown as State;
      if (planned.record.includes('merged_keys'))
        expect([...merged.keys()].map((key) => toSnakeCase(String(key)))).toEqual(recorded['merged_keys']);
      if (planned.record.includes('paths')) {
        const paths = merged.flat().map(([path]) => path.map((part) => (typeof part === 'string' ? toSnakeCase(part) : part)));
        expect(paths).toEqual(recorded['paths']);
      }
      for (const name of planned.record.filter((each) => each.startsWith('state:'))) {
        const variables = variablesOf(model).filter(([, variable]) => variable instanceof BatchStat);
        expectRecordedState(variables, stateOf(recorded[name]), CLOSE, name);
      }
      if (planned.record.includes('grad_of_hidden_by_other_means')) {
        const { first, second } = twin as unknown as { first: Linear; second: Linear };
        const other = grad((h: tf.Tensor) => weighted([second.call(tf.tanh(h))]))(first.call(x!)) as unknown as tf.Tensor;
        expectRecorded(other, recorded['grad_of_hidden_by_other_means'], CLOSE, 'the gradient by other means');
        expectRecorded(
          (perturbGrads.get('hidden') as unknown as { value: tf.Tensor }).value,
          recorded['grad_of_hidden_by_other_means'],
          CLOSE,
          'perturb_grads',
        );
      }
      return [twin, model, perturbations, sowed, grads, perturbGrads];
    });
  });
});

it.each(casesOf('method_outputs'))('%s %s', (_id, _title, planned) => {
  const recorded = recordedOf(planned);
  runCase(planned, ({ x }) => {
    const model = prepare(planned) as Model;
    const [out, captured] = capture(model, [Intermediate], { methodOutputs: Intermediate })(x!);
    expectRecorded(out, recorded['out'], CLOSE, 'out');
    expectRecordedState(flat(captured), stateOf(recorded['captured']), CLOSE, 'captured');
    return [model, captured];
  });
});

it.each(casesOf('views'))('%s %s', (_id, _title, planned) => {
  const recorded = recordedOf(planned);
  runCase(planned, ({ x }) => {
    const model = prepare(planned) as ViewNet;
    const named = (pairs: Iterable<readonly [unknown, unknown]>, path: (part: never) => unknown) =>
      [...pairs].map(([part, module]) => [path(part as never), typeNameOf(module)]);
    const parts = (path: readonly (string | number)[]) => (path.length === 0 ? [] : flaxPath(path).split('/'));
    expect(named(iterModules(model), parts)).toEqual(recorded['iter_modules']);
    expect(named(iterChildren(model), toSnakeCase)).toEqual(recorded['iter_children']);
    const training = view(model, { deterministic: false, useRunningAverage: false });
    const evaluating = withAttributes(model, { deterministic: true, useRunningAverage: true });
    const only = view(model, { deterministic: true }, { only: Dropout });
    expectRecorded(training.call(x!), recorded['train_out'], CLOSE, 'train_out');
    expectRecordedState(
      variablesOf(model).filter(([, variable]) => variable instanceof BatchStat),
      stateOf(recorded['stats_after_train']),
      CLOSE,
      'stats',
    );
    expectRecorded(evaluating.call(x!), recorded['eval_out'], CLOSE, 'eval_out');
    const flags = [only.dropout.deterministic, only.batchNorm.useRunningAverage, only.mha.deterministic, model.dropout.deterministic];
    expect(flags).toEqual(recorded['only_dropout_flags'] as Recorded);
    expect(viewInfo(model).replaceAll(/\b[a-z]+(?:[A-Z][a-z]+)+/g, toSnakeCase)).toBe(recorded['view_info']);
    return model;
  });
});

it('leaves nothing of a reference model behind', () => {
  const before = tf.memory().numTensors;
  dispose(casesOf('perturb_workflow').map(([, , planned]) => prepare(planned)));
  expect(tf.memory().numTensors).toBe(before);
});
