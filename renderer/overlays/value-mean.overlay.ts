/** @file The mean of a value. */
import { overAll } from '../../core/run/index.ts';
import { defineOverlay } from './overlay.ts';

export const valueMean = defineOverlay({
  id: 'valueMean',
  label: 'Mean of values',
  isLog: false,
  read: ({ value }) => overAll(value.mean, value),
});
