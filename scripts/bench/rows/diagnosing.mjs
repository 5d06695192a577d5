/** @file Row: a run that is diagnosed over one that is not. */
import { coreRow } from '../row.mjs';

export const row = coreRow('diagnosing', 'a run that is diagnosed over one that is not', ['cpu', 'webgl']);
