import { kerasPolynomial } from './polynomial-schedule.ts';
import { defineSchedule, emitOptax, type Schedule } from '../define.ts';
import { polynomialParams, torchPolynomial, polynomialSchedule, type PolynomialScheduleOptions } from './polynomial-schedule.ts';

/** From initValue to endValue in a straight line, then constant. Port of optax.linear_schedule. */
export function linearSchedule(options: Omit<PolynomialScheduleOptions, 'power'>): Schedule {
  return polynomialSchedule({ ...options, power: 1 });
}

export const linearScheduleDescriptor = defineSchedule({
  type: 'linearSchedule',
  doc: 'A straight line from one value to another.',
  params: polynomialParams,
  make: linearSchedule,
  emit: {
    ...emitOptax('linear_schedule', torchPolynomial),
    keras: (context) => kerasPolynomial(context),
  },
});
