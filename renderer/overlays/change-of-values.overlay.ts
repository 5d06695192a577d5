/** @file How much larger or smaller a value is than in the run that it is compared with. */
import { defineComparisonOverlay } from './overlay.ts';
import { ratioText, sizeRatio } from './size-ratio.ts';

export const changeOfValues = defineComparisonOverlay({
  id: 'changeOfValues',
  label: 'Change of value size',
  isLog: false,
  read: (now, before) => sizeRatio(now.value, before.value),
  format: ratioText,
});
