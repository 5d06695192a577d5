/** @file What an Optimizer remembers travels as any state does: to and from Flax's files, and into copies. */
import { describe, expect, it } from 'vitest';
import recorded from '../fixtures/recorded/optimizer-state.json?raw';
import { recordedNumbers, recordedTensor, type RecordedState, type RecordedTensor } from '../fixtures/load.ts';
import { Linear } from '../layers/linear.ts';
import { dispose } from '../nnx/dispose.ts';
import { List } from '../nnx/list.ts';
import { Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { clone, mergeCopy, split, state } from '../nnx/split.ts';
import { fromFlatState } from '../nnx/state-functions.ts';
import { update } from '../nnx/update.ts';
import { Param, type Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { expectClose } from '../test/golden/compare.ts';
import { loadWeights, saveWeights } from '../weights/weights.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { chain } from './chain.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import type { GradientTransformation } from './define.ts';
import { OptArray, OptVariable } from './opt-state.ts';
import { Optimizer } from './optimizer.ts';
import { rmsprop } from './rmsprop.ts';
import { linearSchedule } from './schedules/linear-schedule.ts';
import { sgd } from './sgd.ts';

declare function atob(text: string): string;

interface Continued {
  readonly optimizer: string;
  readonly model: string;
  readonly grads: readonly RecordedState[];
  readonly after: readonly RecordedState[];
}

const cases = JSON.parse(recorded) as Readonly<Record<string, Continued>>;
const learningRate = linearSchedule({ initValue: 0.1, endValue: 0.01, transitionSteps: 5 });
const RULES: Readonly<Record<string, GradientTransformation>> = {
  sgd: sgd({ learningRate }),
  momentum: sgd({ learningRate, momentum: 0.9, nesterov: true }),
  adam: chain(clipByGlobalNorm(0.5), adam({ learningRate })),
  adamw: adamw({ learningRate: 0.01, weightDecay: 0.1, mask: (_path, param) => param.rank > 1 }),
  rmsprop: rmsprop({ learningRate: 0.01, centered: true, momentum: 0.9, biasCorrection: true }),
  adagrad: adagrad({ learningRate: 0.1 }),
};

class Model extends Module {
  readonly linear1: Linear;
  readonly blocks: List<Linear>;
  constructor() {
    super();
    const rngs = new Rngs(0);
    this.linear1 = new Linear({ inFeatures: 2, outFeatures: 3, rngs });
    this.blocks = new List([new Linear({ inFeatures: 3, outFeatures: 1, rngs })]);
    dispose(rngs);
  }
}

const bytesOf = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

function gradientsOf(recording: RecordedState) {
  return fromFlatState(
    recording.map(({ path, value }) => [path as (string | number)[], new Param(recordedTensor(value as RecordedTensor))]),
  );
}

function step(optimizer: Optimizer, model: Model, grads: RecordedState): void {
  const gradients = gradientsOf(grads);
  optimizer.update(model, gradients);
  gradients.dispose();
}

function expectParameters(model: Model, expected: RecordedState): void {
  const params = state(model, Param);
  for (const { path, value } of expected) {
    const variable = params.get(...(path as (string | number)[])) as Variable;
    expectClose([...variable.value.dataSync()], recordedNumbers(value as RecordedTensor), { rtol: 1e-5, atol: 1e-6 }, path.join('.'));
  }
}

describe.each(Object.entries(cases))('%s', (name, { optimizer: optimizerFile, model: modelFile, grads, after }) => {
  it('goes on from a file of Flax, and writes the same names', async () => {
    const before = tf.memory().numTensors;
    const model = new Model();
    const optimizer = new Optimizer(model, RULES[name]!);
    loadWeights(model, bytesOf(modelFile));
    loadWeights(optimizer, bytesOf(optimizerFile));
    expect(optimizer.step.value.dataSync()[0]).toBe(3);
    for (const [i, each] of grads.entries()) {
      step(optimizer, model, each);
      expectParameters(model, after[i]!);
    }
    const again = new Optimizer(model, RULES[name]!);
    loadWeights(again, await saveWeights(optimizer));
    expect(again.step.value.dataSync()[0]).toBe(6);
    dispose([model, optimizer, again]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the state of an Optimizer', () => {
  const { grads } = cases['adam']!;
  const begin = () => {
    const model = new Model();
    const optimizer = new Optimizer(model, RULES['adam']!);
    step(optimizer, model, grads[0]!);
    return { model, optimizer };
  };
  const parametersOf = (model: Model) =>
    state(model, Param)
      .flat()
      .map(([, { value }]) => [...(value as tf.Tensor).dataSync()]);

  it('is copied by clone, and by split and mergeCopy: copies go on alike, and apart', () => {
    const before = tf.memory().numTensors;
    const { model, optimizer } = begin();
    const copies = [model, model].map((each) => clone(each));
    const twin = clone(optimizer);
    const [definition, parts] = split(optimizer);
    const merged = mergeCopy(definition, parts) as Optimizer;
    step(optimizer, model, grads[1]!);
    const expected = parametersOf(model);
    step(twin, copies[0]!, grads[1]!);
    expect(parametersOf(copies[0]!)).toEqual(expected);
    step(merged, copies[1]!, grads[1]!);
    expect(parametersOf(copies[1]!)).toEqual(expected);
    dispose([model, optimizer, copies, twin, merged]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is put back by update: the same step again leads to the same place', () => {
    const before = tf.memory().numTensors;
    const { model, optimizer } = begin();
    const [saved, savedModel] = [clone(state(optimizer)), clone(state(model))];
    step(optimizer, model, grads[1]!);
    const expected = parametersOf(model);
    update(optimizer, saved);
    update(model, savedModel);
    step(optimizer, model, grads[1]!);
    expect(parametersOf(model)).toEqual(expected);
    dispose([model, optimizer, saved, savedModel]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has the Variable types of Flax', () => {
    const { model, optimizer } = begin();
    const types = state(optimizer)
      .flat()
      .map(([path, { constructor }]) => [path.at(-1), constructor]);
    expect(types.filter(([name]) => name === 'count').map(([, type]) => type)).toEqual([OptArray, OptArray]);
    expect(types.filter(([name]) => name === 'kernel').map(([, type]) => type)).toEqual(Array.from({ length: 4 }, () => OptVariable));
    dispose([model, optimizer]);
  });
});
