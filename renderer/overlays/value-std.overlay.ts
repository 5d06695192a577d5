/** @file How far the numbers of a value lie from each other. */
import { overAll } from '../../core/run/index.ts';
import { defineOverlay } from './overlay.ts';

export const valueStd = defineOverlay({
  id: 'valueStd',
  label: 'Spread of values',
  isLog: true,
  read: ({ value }) => overAll(value.std, value),
});
