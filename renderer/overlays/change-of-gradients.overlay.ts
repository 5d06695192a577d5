/** @file How much larger or smaller a gradient is than in the run that it is compared with. */
import { defineComparisonOverlay } from './overlay.ts';
import { ratioText, sizeRatio } from './size-ratio.ts';

export const changeOfGradients = defineComparisonOverlay({
  id: 'changeOfGradients',
  label: 'Change of gradient size',
  isLog: false,
  read: (now, before) => sizeRatio(now.gradient, before.gradient),
  format: ratioText,
});
