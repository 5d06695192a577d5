/** @file Every condition that pauses a training. Written by `npm run registry` from the names of files; never edited by hand. */
import type { WatchDescriptor } from './watches/define.ts';
import { lossChangeWatch } from './watches/loss-change.ts';
import { normAboveWatch } from './watches/norm-above.ts';
import { notFiniteWatch } from './watches/not-finite.ts';
import { ratioAboveWatch } from './watches/ratio-above.ts';
import { zerosAboveWatch } from './watches/zeros-above.ts';

export const WATCHES: readonly WatchDescriptor[] = [
  lossChangeWatch,
  normAboveWatch,
  notFiniteWatch,
  ratioAboveWatch,
  zerosAboveWatch,
];
