/** @file Row: capture with a perturbation on every wire: its time and memory. */
import { coreRow } from '../row.mjs';

export const row = coreRow('perturbations', 'capture with a perturbation on every wire: its time and memory', ['cpu', 'webgl']);
