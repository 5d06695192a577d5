import { kerasGap, type KerasContext } from '../../spec/emit-keras.ts';
import type { TorchContext } from '../../spec/emit-pytorch.ts';
import { p } from '../../spec/params.ts';
import { defineSchedule, emitOptax, type Schedule } from '../define.ts';

export interface PolynomialScheduleOptions {
  readonly initValue: number;
  readonly endValue: number;
  readonly power: number;
  readonly transitionSteps: number;
  readonly transitionBegin?: number;
}

/** From initValue to endValue along a power of the steps that are left, then constant. Port of optax.polynomial_schedule. */
export function polynomialSchedule({
  initValue,
  endValue,
  power,
  transitionSteps,
  transitionBegin = 0,
}: PolynomialScheduleOptions): Schedule {
  if (transitionSteps <= 0) return () => initValue;
  return (step) => {
    const done = Math.min(Math.max(step - Math.max(transitionBegin, 0), 0), transitionSteps);
    return (initValue - endValue) * (1 - done / transitionSteps) ** power + endValue;
  };
}

export const polynomialParams = {
  initValue: p.float({ start: 0.001, step: 0.0001, doc: 'The value at the first step.' }),
  endValue: p.float({ start: 0, step: 0.0001, doc: 'The value at the end.' }),
  transitionSteps: p.int({ start: 100, min: 1, unit: 'steps', doc: 'How many steps it takes from the one to the other.' }),
  transitionBegin: p.int({ default: 0, min: 0, unit: 'steps', doc: 'The step at which it begins.' }),
};

/** Along a power of the steps that are left; without a power a straight line. */
export function torchPolynomial({ source, args }: TorchContext): string {
  const begin = args['transitionBegin'] === 0 ? 'step' : `max(step - ${source('transitionBegin')}, 0)`;
  const steps = source('transitionSteps');
  const left = `(1 - min(${begin}, ${steps}) / ${steps})`;
  const power = args['power'] === undefined || args['power'] === 1 ? '' : ` ** ${source('power')}`;
  const end = source('endValue');
  return `${args['endValue'] === 0 ? source('initValue') : `(${source('initValue')} - ${end})`} * ${left}${power}${args['endValue'] === 0 ? '' : ` + ${end}`}`;
}

export const polynomialScheduleDescriptor = defineSchedule({
  type: 'polynomialSchedule',
  doc: 'From one value to another along a power of the steps that are left.',
  params: { ...polynomialParams, power: p.float({ start: 2, min: 0, doc: 'The power; 1 is a straight line.' }) },
  make: polynomialSchedule,
  emit: {
    ...emitOptax('polynomial_schedule', torchPolynomial),
    keras: (context) => kerasPolynomial(context),
  },
});

/** From one value to another, as PolynomialDecay of Keras. */
export function kerasPolynomial({ source, args }: KerasContext): string {
  if (args['transitionBegin'] !== 0) kerasGap('PolynomialDecay of Keras begins at once.');
  const power = args['power'] === undefined || args['power'] === 1 ? '' : `, power=${source('power')}`;
  return `keras.optimizers.schedules.PolynomialDecay(${source('initValue')}, ${source('transitionSteps')}, ${source('endValue')}${power})`;
}
