/** @file Every optimiser and schedule against optax: parameters after each of several steps, the same on both backends. */
import { describe, expect, it } from 'vitest';
import { isRecordedTensor, recordedNumbers, recordedTensor, type RecordedTensor } from '../fixtures/load.ts';
import text from '../fixtures/recorded/optimizers.json?raw';
import { dispose } from '../nnx/dispose.ts';
import { Module } from '../nnx/module.ts';
import { toCamelCase } from '../nnx/names.ts';
import { State } from '../nnx/state.ts';
import { Param } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { expectClose } from '../test/golden/compare.ts';
import { chain } from './chain.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import type { GradientTransformation, Schedule } from './define.ts';
import { optimizers, schedules } from './list.ts';
import { Optimizer } from './optimizer.ts';
import { piecewiseConstantSchedule } from './schedules/piecewise-constant-schedule.ts';

type Keywords = Readonly<Record<string, unknown>>;
type Tensors = Readonly<Record<string, RecordedTensor>>;
interface RecordedSchedule {
  readonly name: string;
  readonly kw: Keywords;
}
interface RecordedTraining {
  readonly optimizer: string;
  readonly kw: Keywords;
  readonly schedule?: RecordedSchedule;
  readonly clip_by_global_norm?: number;
  readonly params: Tensors;
  readonly grads: readonly Tensors[];
  readonly after: readonly Tensors[];
}

const recorded = JSON.parse(text) as Readonly<Record<string, object>>;
const trainings = Object.entries(recorded).filter(([, entry]) => 'after' in entry) as [string, RecordedTraining][];
const courses = Object.entries(recorded).filter(([name]) => name.startsWith('schedule.')) as [
  string,
  { readonly schedule: RecordedSchedule; readonly values: RecordedTensor },
][];

/** Optax's keyword arguments over our defaults, under our names. */
function argsOf(params: Keywords, keywords: Keywords): Record<string, never> {
  const defaults = Object.entries(params).map(([name, spec]) => [name, (spec as { default: unknown }).default]);
  const given = Object.entries(keywords).map(([name, value]) => [toCamelCase(name), value]);
  return Object.fromEntries([...defaults, ...given]) as Record<string, never>;
}

function scheduleOf({ name, kw }: RecordedSchedule): Schedule {
  // The form of the editor has one factor for all boundaries; optax has one for each.
  if ('boundaries_and_scales' in kw)
    return piecewiseConstantSchedule(kw['init_value'] as number, kw['boundaries_and_scales'] as Record<number, number>);
  const descriptor = schedules[toCamelCase(name)]!;
  return descriptor.make(argsOf(descriptor.params, kw));
}

function transformationOf({ optimizer, kw, schedule, clip_by_global_norm: maxNorm }: RecordedTraining): GradientTransformation {
  const descriptor = optimizers[optimizer]!;
  const rule = descriptor.make({ ...argsOf(descriptor.params, kw), ...(schedule ? { learningRate: scheduleOf(schedule) } : {}) } as never);
  return maxNorm === undefined ? rule : chain(clipByGlobalNorm(maxNorm), rule);
}

class Model extends Module {
  kernel: Param;
  bias: Param;
  constructor(params: Tensors) {
    super();
    this.kernel = new Param(recordedTensor(params['kernel']!));
    this.bias = new Param(recordedTensor(params['bias']!));
  }
}

describe.each(trainings)('%s', (_name, training) => {
  it('gives the parameters that optax gives, step by step, and leaves no tensor over', () => {
    const before = tf.memory().numTensors;
    const model = new Model(training.params);
    const optimizer = new Optimizer(model, transformationOf(training));
    let afterFirst = 0;
    for (const [i, grads] of training.grads.entries()) {
      const state = new State<Param>({
        kernel: new Param(recordedTensor(grads['kernel']!)),
        bias: new Param(recordedTensor(grads['bias']!)),
      });
      optimizer.update(model, state);
      state.dispose();
      if (i === 0) afterFirst = tf.memory().numTensors;
      const after = training.after[i]!;
      for (const name of ['kernel', 'bias'] as const)
        expectClose(
          [...model[name].value.dataSync()],
          recordedNumbers(after[name]!),
          { rtol: 1e-5, atol: 1e-6 },
          `${name} after step ${i + 1}`,
        );
    }
    expect(optimizer.step.value.dataSync()[0]).toBe(training.grads.length);
    expect(tf.memory().numTensors).toBe(afterFirst);
    optimizer.dispose();
    dispose(model);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe.each(courses)('%s', (_name, { schedule, values }) => {
  it('gives the values that optax gives', () => {
    const course = scheduleOf(schedule);
    const ours = recordedNumbers(values).map((_, step) => course(step));
    expectClose(ours, recordedNumbers(values), { rtol: 1e-5, atol: 1e-9 }, 'the schedule');
  });
});

it('covers every optimiser and every schedule', () => {
  expect(new Set(trainings.map(([, { optimizer }]) => optimizer))).toEqual(new Set(Object.keys(optimizers)));
  expect(new Set(courses.map(([, { schedule }]) => toCamelCase(schedule.name)))).toEqual(new Set(Object.keys(schedules)));
  expect(isRecordedTensor(courses[0]![1].values)).toBe(true);
});
