import type { GradientTransformation } from './define.ts';
import { combine } from './shared/kernels.ts';

/** Adds weightDecay times the parameters to the updates. Port of optax.add_decayed_weights. */
export function addDecayedWeights(weightDecay: number): GradientTransformation {
  return {
    init: () => ({
      state: {},
      update: (updates, params) => {
        if (weightDecay === 0) return updates;
        const tensors = updates.tensors.map((update, i) => combine(updates.factor, update, weightDecay, params[i]!));
        return { tensors, factor: 1 };
      },
    }),
  };
}
