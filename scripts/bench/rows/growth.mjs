/** @file Row: how emission, the check and reading a table grow with what they read. */
import { coreRow } from '../row.mjs';

export const row = coreRow('growth', 'how emission, the check and reading a table grow with what they read', ['cpu']);
