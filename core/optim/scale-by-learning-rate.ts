import type { GradientTransformation, LearningRate } from './define.ts';

/** Updates times -learningRate, so that they lead downhill. A schedule starts at step 0. Port of optax.scale_by_learning_rate. */
export function scaleByLearningRate(learningRate: LearningRate): GradientTransformation {
  return {
    init: () => {
      let step = 0;
      return {
        state: {},
        update: ({ tensors, factor }) => {
          const rate = typeof learningRate === 'number' ? learningRate : learningRate(step);
          step += 1;
          return { tensors, factor: -rate * factor };
        },
      };
    },
  };
}
