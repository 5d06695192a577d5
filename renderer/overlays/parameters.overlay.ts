/** @file How many parameters a node calls. Known before any run. */
import { formatCount } from '../ui/format.ts';
import { defineCostOverlay } from './overlay.ts';

export const parameters = defineCostOverlay({
  id: 'parameters',
  label: 'Parameters',
  isLog: true,
  read: ({ parameters }) => parameters,
  format: formatCount,
});
