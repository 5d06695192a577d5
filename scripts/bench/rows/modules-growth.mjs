/** @file Row: walking over 10,000 and 100,000 Modules. */
import { coreRow } from '../row.mjs';

export const row = coreRow('modules', 'walking over 10,000 and 100,000 Modules', ['cpu']);
