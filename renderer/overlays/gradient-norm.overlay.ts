/** @file How large the gradient is. */
import { defineOverlay } from './overlay.ts';

export const gradientNorm = defineOverlay({
  id: 'gradientNorm',
  label: 'Gradient size',
  isLog: true,
  read: ({ gradient }) => gradient?.norm ?? null,
});
