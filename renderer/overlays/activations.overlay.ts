/** @file What is kept of a forward pass for the backward one, in bytes. Known before any run. */
import { BYTES_OF_FLOAT, formatBytes } from '../../core/check/index.ts';
import { defineCostOverlay } from './overlay.ts';

export const activations = defineCostOverlay({
  id: 'activations',
  label: 'Activation memory',
  isLog: true,
  read: ({ activations }) => activations * BYTES_OF_FLOAT,
  format: formatBytes,
});
