import type { Path } from '../nnx/path.ts';
import type { tf } from '../tensor/tf.ts';
import type { GradientTransformation, LearningRate, RuleState } from './define.ts';
import { advance, makeCount, type OptArray } from './opt-state.ts';
import { combine } from './shared/kernels.ts';

/** Which parameters decay. Kernels alone, and no biases: `(path, param) => param.rank > 1`. */
export type DecayMask = (path: Path, param: tf.Tensor) => boolean;

/**
 * Adds weightDecay times the parameters to the updates, of those that the mask chooses. A schedule starts at step 0, and has its `count` in
 * the state. Port of optax.add_decayed_weights, whose mask is a tree of truth values.
 */
export function addDecayedWeights(weightDecay: LearningRate, mask?: DecayMask | null): GradientTransformation {
  const isScheduled = typeof weightDecay === 'function';
  return {
    init: () => {
      const own: RuleState = isScheduled ? { count: makeCount() } : {};
      return mask ? { innerState: own } : own;
    },
    update: (updates, state, params) => {
      const own = (mask ? (state as { innerState: RuleState }).innerState : state) as { count: OptArray };
      const decay = isScheduled ? weightDecay(advance(own.count)) : weightDecay;
      if (decay === 0) return updates;
      // One factor for all: those that do not decay take theirs, too.
      const tensors = updates.tensors.map((update, i) => {
        const { path, value } = params[i]!;
        return combine(updates.factor, update, !mask || mask(path, value) ? decay : 0, value);
      });
      return { tensors, factor: 1 };
    },
  };
}
