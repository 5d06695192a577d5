import { kerasGap } from '../../spec/emit-keras.ts';
import { p } from '../../spec/params.ts';
import { defineSchedule, emitOptax, type Schedule } from '../define.ts';

export interface CosineDecayOptions {
  readonly initValue: number;
  readonly decaySteps: number;
  /** The value at the end, as a part of initValue. */
  readonly alpha?: number;
  readonly exponent?: number;
}

/**
 * Down along half a cosine from initValue to alpha · initValue. Port of optax.cosine_decay_schedule; arXiv:1608.03983.
 * @throws RangeError if decaySteps is not positive.
 */
export function cosineDecaySchedule({ initValue, decaySteps, alpha = 0, exponent = 1 }: CosineDecayOptions): Schedule {
  if (!(decaySteps > 0))
    throw new RangeError(
      `cosineDecaySchedule expects decaySteps above 0, got ${decaySteps}. Set it to the number of steps of the training.`,
    );
  return (step) => {
    const cosine = 0.5 * (1 + Math.cos((Math.PI * Math.min(step, decaySteps)) / decaySteps));
    return initValue * ((1 - alpha) * cosine ** exponent + alpha);
  };
}

export const cosineDecayScheduleDescriptor = defineSchedule({
  type: 'cosineDecaySchedule',
  doc: 'Down along half a cosine: slowly at first, slowly at the end.',
  params: {
    initValue: p.float({ start: 0.001, step: 0.0001, doc: 'The value at the first step.' }),
    decaySteps: p.int({ start: 100, min: 1, unit: 'steps', doc: 'How many steps it takes to get down.' }),
    alpha: p.float({ default: 0, min: 0, max: 1, step: 0.01, doc: 'The value at the end, as a part of the first.' }),
    exponent: p.float({ default: 1, advanced: true, doc: 'The power of the cosine.' }),
  },
  make: cosineDecaySchedule,
  emit: {
    ...emitOptax('cosine_decay_schedule', ({ source, args }) => {
      const steps = source('decaySteps');
      const cosine = `0.5 * (1 + math.cos(math.pi * min(step, ${steps}) / ${steps}))`;
      const power = args['exponent'] === 1 ? cosine : `(${cosine}) ** ${source('exponent')}`;
      if (args['alpha'] === 0) return `${source('initValue')} * ${power}`;
      return `${source('initValue')} * ((1 - ${source('alpha')}) * ${power} + ${source('alpha')})`;
    }),
    keras: ({ source, args }) => {
      if (args['exponent'] !== 1) kerasGap('CosineDecay of Keras has no exponent.');
      const alpha = args['alpha'] === 0 ? '' : `, alpha=${source('alpha')}`;
      return `keras.optimizers.schedules.CosineDecay(${source('initValue')}, ${source('decaySteps')}${alpha})`;
    },
  },
});
