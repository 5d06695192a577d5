import type { GradientTransformation, LearningRate, RuleState } from './define.ts';
import { advance, makeCount, type OptArray } from './opt-state.ts';

/**
 * Updates times -learningRate, so that they lead downhill. A schedule starts at step 0, and has its `count` in the state.
 * Port of optax.scale_by_learning_rate.
 */
export function scaleByLearningRate(learningRate: LearningRate): GradientTransformation {
  if (typeof learningRate === 'number')
    return { init: () => ({}), update: ({ tensors, factor }) => ({ tensors, factor: -learningRate * factor }) };
  const scheduled: GradientTransformation<{ readonly count: OptArray }> = {
    init: () => ({ count: makeCount() }),
    update: ({ tensors, factor }, { count }) => ({ tensors, factor: -learningRate(advance(count)) * factor }),
  };
  return scheduled as GradientTransformation<RuleState>;
}
