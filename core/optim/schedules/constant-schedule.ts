import { p } from '../../spec/params.ts';
import { defineSchedule, emitOptax, type Schedule } from '../define.ts';

/** The same at every step. Port of optax.constant_schedule. */
export function constantSchedule(value: number): Schedule {
  return () => value;
}

export const constantScheduleDescriptor = defineSchedule({
  type: 'constantSchedule',
  doc: 'The same at every step.',
  params: { value: p.float({ start: 0.001, min: 0, step: 0.0001, doc: 'The value.' }) },
  make: ({ value }) => constantSchedule(value),
  emit: {
    ...emitOptax('constant_schedule', ({ source }) => source('value')),
    keras: ({ source }) => source('value'),
  },
});
