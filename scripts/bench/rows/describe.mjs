/** @file Row: describing 84 million parameters over 0.1 million. */
import { coreRow } from '../row.mjs';

export const row = coreRow('describe', 'describing 84 million parameters over 0.1 million', ['cpu']);
