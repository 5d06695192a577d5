/** @file How many numbers of a value are not finite. */
import { defineOverlay } from './overlay.ts';

export const nans = defineOverlay({
  id: 'nans',
  label: 'Share of NaN or infinite',
  isLog: false,
  read: ({ value }) => (value.count === 0 ? null : (value.nans + value.infinities) / value.count),
});
