/** @file Whose weights a run used, in words: the same in the window and in the terminal. */
import type { WeightsOrigin } from './protocol.ts';

/** `fresh from seed 0`, `trained, step 60`, `from a file`. */
export function weightsText(weights: WeightsOrigin): string {
  switch (weights.from) {
    case 'seed':
      return `fresh from seed ${weights.seed}`;
    case 'training':
      return `trained, step ${weights.step}`;
    case 'file':
      return 'from a file';
  }
}
