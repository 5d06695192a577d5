/** @file Row: normal numbers of threefry over tf.randomNormal. */
import { coreRow } from '../row.mjs';

export const row = coreRow('normal', 'normal numbers of threefry over tf.randomNormal', ['cpu']);
