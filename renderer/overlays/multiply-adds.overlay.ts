/** @file How many products a forward pass computes. Known before any run. */
import { formatMany } from '../ui/format.ts';
import { defineCostOverlay } from './overlay.ts';

export const multiplyAdds = defineCostOverlay({
  id: 'multiplyAdds',
  label: 'Multiply-adds',
  isLog: true,
  read: ({ multiplyAdds }) => multiplyAdds,
  format: formatMany,
});
