import { p } from '../../spec/params.ts';
import { defineSchedule, type Schedule } from '../define.ts';

/**
 * initValue, multiplied by each scale from its step on. Port of optax.piecewise_constant_schedule.
 * @throws RangeError if a scale is negative.
 */
export function piecewiseConstantSchedule(initValue: number, boundariesAndScales: Readonly<Record<number, number>> = {}): Schedule {
  const boundaries = Object.entries(boundariesAndScales).map(([step, scale]) => ({ step: Number(step), scale }));
  const negative = boundaries.find(({ scale }) => scale < 0);
  if (negative)
    throw new RangeError(
      `piecewiseConstantSchedule expects scales from 0, got ${negative.scale} at step ${negative.step}. Scales multiply the value; 0.1 divides it by 10.`,
    );
  // At the boundary itself the new value holds: optax's sign(0) is 0.
  return (step) => boundaries.reduce((value, boundary) => (step < boundary.step ? value : value * boundary.scale), initValue);
}

export const piecewiseConstantScheduleDescriptor = defineSchedule({
  type: 'piecewiseConstantSchedule',
  doc: 'Constant, and multiplied by a factor at certain steps.',
  params: {
    initValue: p.float({ start: 0.001, step: 0.0001, doc: 'The value at the first step.' }),
    boundaries: p.ints({ start: [100], doc: 'The steps at which it is multiplied.' }),
    scale: p.float({ start: 0.1, min: 0, step: 0.1, doc: 'What it is multiplied by at each of them.' }),
  },
  make: ({ initValue, boundaries, scale }) =>
    piecewiseConstantSchedule(initValue, Object.fromEntries([boundaries].flat().map((step) => [step, scale]))),
  emit: {
    keras: ({ args }) => {
      const steps = [args['boundaries']].flat() as number[];
      const values = [0, ...steps].map((_, i) => (args['initValue'] as number) * (args['scale'] as number) ** i);
      // At a boundary of Keras the old value still holds.
      return `keras.optimizers.schedules.PiecewiseConstantDecay([${steps.map((step) => step - 1).join(', ')}], [${values.join(', ')}])`;
    },

    pytorch: ({ source, args }) => {
      const steps = [args['boundaries']].flat().map(String);
      return `${source('initValue')} * ${source('scale')} ** sum(step >= each for each in (${steps.join(', ')}${steps.length === 1 ? ',' : ''}))`;
    },
    flax: (context) => {
      context.use('import optax');
      const scale = context.source('scale');
      const table = [context.args['boundaries']].flat().map((step) => `${String(step)}: ${scale}`);
      return `optax.piecewise_constant_schedule(${context.source('initValue')}, {${table.join(', ')}})`;
    },
  },
});
