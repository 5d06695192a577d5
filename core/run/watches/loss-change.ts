import { defineWatch, numberText } from './define.ts';

export const lossChangeWatch = defineWatch({
  type: 'loss-change',
  title: 'grows in a step by more than',
  doc: 'The loss of a step is above that of the step before by more than this share of it.',
  parts: ['loss'],
  start: 0.5,
  measure: (value) => value,
  holds: (now, limit, before) => before !== undefined && !(now - before <= limit * Math.abs(before)),
  text: (now, limit, before) => `${numberText(now)} after ${numberText(before ?? now)}, more by above ${numberText(100 * limit)} %`,
});
