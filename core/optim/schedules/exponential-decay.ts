import { kerasGap } from '../../spec/emit-keras.ts';
import { p } from '../../spec/params.ts';
import { defineSchedule, emitOptax, type Schedule } from '../define.ts';

export interface ExponentialDecayOptions {
  readonly initValue: number;
  /** After each so many steps the value is multiplied by decayRate. */
  readonly transitionSteps: number;
  readonly decayRate: number;
  readonly transitionBegin?: number;
  /** In stairs instead of smoothly. */
  readonly staircase?: boolean;
  /** The value does not pass beyond this. */
  readonly endValue?: number | null;
}

/** initValue · decayRate^(step / transitionSteps). Port of optax.exponential_decay. */
export function exponentialDecay({
  initValue,
  transitionSteps,
  decayRate,
  transitionBegin = 0,
  staircase = false,
  endValue = null,
}: ExponentialDecayOptions): Schedule {
  if (transitionSteps <= 0 || decayRate === 0) return () => initValue;
  return (step) => {
    const done = step - Math.max(transitionBegin, 0);
    const periods = staircase ? Math.floor(done / transitionSteps) : done / transitionSteps;
    const value = done <= 0 ? initValue : initValue * decayRate ** periods;
    if (endValue === null) return value;
    return decayRate < 1 ? Math.max(value, endValue) : Math.min(value, endValue);
  };
}

export const exponentialDecayDescriptor = defineSchedule({
  type: 'exponentialDecay',
  doc: 'Multiplied by a factor after each so many steps, smoothly or in stairs.',
  params: {
    initValue: p.float({ start: 0.001, step: 0.0001, doc: 'The value at the first step.' }),
    transitionSteps: p.int({ start: 100, min: 1, unit: 'steps', doc: 'How many steps it takes to be multiplied once.' }),
    decayRate: p.float({ start: 0.9, min: 0, step: 0.01, doc: 'What it is multiplied by.' }),
    transitionBegin: p.int({ default: 0, min: 0, unit: 'steps', doc: 'The step at which it begins.' }),
    staircase: p.bool({ default: false, doc: 'Go in stairs instead of smoothly.' }),
    endValue: p.float.nullable({ doc: 'The value does not pass beyond this.' }),
  },
  make: exponentialDecay,
  emit: {
    ...emitOptax('exponential_decay', ({ source, args }) => {
      const begin = args['transitionBegin'] === 0 ? 'step' : `max(step - ${source('transitionBegin')}, 0)`;
      const periods = `${begin} ${args['staircase'] === true ? '//' : '/'} ${source('transitionSteps')}`;
      const value = `${source('initValue')} * ${source('decayRate')} ** (${periods})`;
      if (args['decayRate'] === 0) return source('initValue');
      if (args['endValue'] === null) return value;
      return `${(args['decayRate'] as number) < 1 ? 'max' : 'min'}(${value}, ${source('endValue')})`;
    }),
    keras: ({ source, args }) => {
      if (args['transitionBegin'] !== 0 || args['endValue'] !== null)
        kerasGap('ExponentialDecay of Keras begins at once and has no last value.');
      const stairs = args['staircase'] === true ? ', staircase=True' : '';
      return `keras.optimizers.schedules.ExponentialDecay(${source('initValue')}, ${source('transitionSteps')}, ${source('decayRate')}${stairs})`;
    },
  },
});
