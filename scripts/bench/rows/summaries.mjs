/** @file Row: a run with everything summarised over its forward and backward pass. */
import { coreRow } from '../row.mjs';

export const row = coreRow('summaries', 'a run with everything summarised over its forward and backward pass', ['webgl']);
