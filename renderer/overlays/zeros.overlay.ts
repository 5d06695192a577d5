/** @file How many numbers of a value are zero. */
import { defineOverlay } from './overlay.ts';

export const zeros = defineOverlay({
  id: 'zeros',
  label: 'Share of zeros',
  isLog: false,
  read: ({ value }) => (value.count === 0 ? null : value.zeros / value.count),
});
