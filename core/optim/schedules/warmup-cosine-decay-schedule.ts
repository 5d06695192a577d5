import { kerasGap } from '../../spec/emit-keras.ts';
import { p } from '../../spec/params.ts';
import { defineSchedule, emitOptax, type Schedule } from '../define.ts';
import { cosineDecaySchedule } from './cosine-decay-schedule.ts';
import { linearSchedule } from './linear-schedule.ts';

export interface WarmupCosineDecayOptions {
  readonly initValue: number;
  readonly peakValue: number;
  readonly warmupSteps: number;
  /** The steps of warm-up and decay together. */
  readonly decaySteps: number;
  readonly endValue?: number;
  readonly exponent?: number;
}

/**
 * Up in a straight line from initValue to peakValue, then down along half a cosine to endValue. Port of optax.warmup_cosine_decay_schedule.
 * @throws RangeError if decaySteps is not more than warmupSteps.
 */
export function warmupCosineDecaySchedule(options: WarmupCosineDecayOptions): Schedule {
  const { initValue, peakValue, warmupSteps, decaySteps, endValue = 0, exponent = 1 } = options;
  if (!(decaySteps > warmupSteps))
    throw new RangeError(
      `warmupCosineDecaySchedule expects decaySteps above warmupSteps (${warmupSteps}), got ${decaySteps}. decaySteps counts the warm-up, too.`,
    );
  const up = linearSchedule({ initValue, endValue: peakValue, transitionSteps: warmupSteps });
  const alpha = peakValue === 0 ? 0 : endValue / peakValue;
  const down = cosineDecaySchedule({ initValue: peakValue, decaySteps: decaySteps - warmupSteps, alpha, exponent });
  return (step) => (step < warmupSteps ? up(step) : down(step - warmupSteps));
}

export const warmupCosineDecayScheduleDescriptor = defineSchedule({
  type: 'warmupCosineDecaySchedule',
  doc: 'Up in a straight line, then down along half a cosine: the usual choice for transformers.',
  params: {
    initValue: p.float({ start: 0, step: 0.0001, doc: 'The value at the first step.' }),
    peakValue: p.float({ start: 0.001, step: 0.0001, doc: 'The value after the warm-up.' }),
    warmupSteps: p.int({ start: 10, min: 0, unit: 'steps', doc: 'How many steps it goes up.' }),
    decaySteps: p.int({ start: 100, min: 1, unit: 'steps', doc: 'How many steps there are, warm-up included.' }),
    endValue: p.float({ default: 0, step: 0.0001, doc: 'The value at the end.' }),
    exponent: p.float({ default: 1, advanced: true, doc: 'The power of the cosine.' }),
  },
  make: warmupCosineDecaySchedule,
  emit: {
    ...emitOptax('warmup_cosine_decay_schedule', (context) => {
      const { source, args } = context;
      const [initial, peak, warm, end] = ['initValue', 'peakValue', 'warmupSteps', 'endValue'].map((name) => source(name));
      const decay = (args['decaySteps'] as number) - (args['warmupSteps'] as number);
      const cosine = `0.5 * (1 + math.cos(math.pi * min(step - ${warm}, ${decay}) / ${decay}))`;
      const power = args['exponent'] === 1 ? cosine : `(${cosine}) ** ${source('exponent')}`;
      const down = args['endValue'] === 0 ? `${peak} * ${power}` : `(${peak} - ${end}) * ${power} + ${end}`;
      if (args['warmupSteps'] === 0) return down;
      const up = args['initValue'] === 0 ? `${peak} * step / ${warm}` : `${initial} + (${peak} - ${initial}) * step / ${warm}`;
      return `if step < ${warm}:\n    return ${up}\nreturn ${down}`;
    }),
    keras: ({ source, args }) => {
      if (args['exponent'] !== 1) kerasGap('CosineDecay of Keras has no exponent.');
      const [peak, end, warm, all] = ['peakValue', 'endValue', 'warmupSteps', 'decaySteps'].map((name) => args[name] as number) as [
        number,
        number,
        number,
        number,
      ];
      const alpha = end === 0 ? '' : `alpha=${end / peak}, `;
      return `keras.optimizers.schedules.CosineDecay(${source('initValue')}, ${all - warm}, ${alpha}warmup_target=${source('peakValue')}, warmup_steps=${warm})`;
    },
  },
});
