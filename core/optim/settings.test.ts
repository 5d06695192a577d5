import { dispose } from '../nnx/dispose.ts';
import { expect, it } from 'vitest';
import type { EmitContext } from '../spec/emit.ts';
import type { Args, ParamSpecs } from '../spec/params.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { tf } from '../tensor/tf.ts';
import { optimizers, schedules, transformations } from './list.ts';
import { emitRule, makeRule, type RuleSettings } from './settings.ts';

/** As the Flax writer makes it, for plain values. */
function contextOf(params: ParamSpecs, args: Args): EmitContext {
  const python = (value: unknown) => (value === null ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value));
  return {
    args,
    source: (name) => python(args[name]),
    kwargs: ({ drop = [] } = {}) =>
      Object.entries(args)
        .filter(([name, value]) => !drop.includes(name) && value !== params[name]?.default)
        .map(([name, value]) => `${toSnakeCase(name)}=${python(value)}`)
        .join(', '),
    use: () => {},
    captured: () => 'False',
  };
}

/** What one step adds to a parameter of 1 under a gradient of 1. */
function firstStep(settings: RuleSettings): number {
  return tf.tidy(() => {
    const params = [{ path: ['x'], value: tf.scalar(1) }];
    const rule = makeRule(settings);
    const state = rule.init(params);
    const { tensors, factor } = rule.update({ tensors: [tf.scalar(4)], factor: 1 }, state, params);
    dispose(state);
    return factor * tensors[0]!.dataSync()[0]!;
  });
}

it('makes a rule of the settings, with a schedule and with clipping', () => {
  expect(firstStep({ type: 'sgd', args: { learningRate: 0.5 } })).toBe(-2);
  expect(firstStep({ type: 'sgd', args: { learningRate: 0.5, clipByGlobalNorm: 1 } })).toBe(-0.5);
  const schedule = { name: 'linearSchedule', initValue: 0.25, endValue: 0, transitionSteps: 10 };
  expect(firstStep({ type: 'sgd', args: { learningRate: schedule } })).toBe(-1);
});

it('writes the same as an expression over optax', () => {
  expect(emitRule({ type: 'adam', args: { learningRate: 0.001 } }, contextOf)).toBe('optax.adam(0.001)');
  expect(emitRule({ type: 'sgd', args: { learningRate: 0.1, momentum: 0.9, nesterov: true } }, contextOf)).toBe(
    'optax.sgd(0.1, momentum=0.9, nesterov=True)',
  );
  const schedule = { name: 'cosineDecaySchedule', initValue: 0.1, decaySteps: 100 };
  expect(emitRule({ type: 'adamw', args: { learningRate: schedule, clipByGlobalNorm: 2 } }, contextOf)).toBe(
    'optax.chain(optax.clip_by_global_norm(max_norm=2), optax.adamw(optax.cosine_decay_schedule(init_value=0.1, decay_steps=100)))',
  );
  const stairs = { name: 'piecewiseConstantSchedule', initValue: 0.1, boundaries: [10, 20], scale: 0.5 };
  expect(emitRule({ type: 'sgd', args: { learningRate: stairs } }, contextOf)).toBe(
    'optax.sgd(optax.piecewise_constant_schedule(0.1, {10: 0.5, 20: 0.5}))',
  );
});

it('says which setting is wrong and what to do', () => {
  expect(() => makeRule({ type: 'lion', args: {} })).toThrow(/one of sgd, adam, adamw, rmsprop, adagrad.* got lion/);
  expect(() => makeRule({ type: 'adam', args: {} })).toThrow(/a value for learningRate.*Set learningRate/);
  expect(() => makeRule({ type: 'adam', args: { learningRate: 0.1, momentun: 0.9 } })).toThrow('momentun');
  expect(() => makeRule({ type: 'adam', args: { learningRate: -1 } })).toThrow('learningRate');
  expect(() => makeRule({ type: 'adam', args: { learningRate: { name: 'stepwise' } } })).toThrow('constantSchedule, linearSchedule');
  expect(() => makeRule({ type: 'sgd', args: { learningRate: 0.1, clipByGlobalNorm: 'much' } })).toThrow('maxNorm');
});

it('documents every optimiser, schedule and rule, and each of their parameters', () => {
  const all = [...Object.entries(optimizers), ...Object.entries(schedules), ...Object.entries(transformations)];
  for (const [name, { type, doc, params }] of all) {
    expect(type).toBe(name);
    for (const text of [doc, ...Object.values(params).map((param) => param.doc)]) expect(text).toMatch(/^[A-Z].*\.$/);
  }
  for (const { params } of Object.values(optimizers)) expect(params).toHaveProperty('learningRate');
});
