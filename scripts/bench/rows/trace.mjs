/** @file Row: a pass with every wire perturbed and sowed over a gradient step. */
import { coreRow } from '../row.mjs';

export const row = coreRow('trace', 'a pass with every wire perturbed and sowed over a gradient step', ['cpu', 'webgl']);
