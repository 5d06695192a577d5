/** @file Row: a training step of the digits MLP over the same step by hand, and what steps leave behind. */
import { coreRow } from '../row.mjs';

export const row = coreRow('digits step', 'a training step of the digits MLP over the same step by hand, and what steps leave behind', [
  'cpu',
  'webgl',
]);
