import { p } from '../spec/params.ts';
import { chain } from './chain.ts';
import { defineOptimizer, emitOptimizer, type GradientTransformation, type LearningRate } from './define.ts';
import { makeStates } from './opt-state.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { combineSquare, divideByRoot } from './shared/kernels.ts';

export interface AdagradOptions {
  readonly learningRate: LearningRate;
  readonly initialAccumulatorValue?: number;
  /** Added inside the root. */
  readonly eps?: number;
}

/** Steps divided by the root of the sum of all squared gradients so far. Port of optax.adagrad; Duchi et al. 2011. */
export function adagrad({ learningRate, initialAccumulatorValue = 0.1, eps = 1e-7 }: AdagradOptions): GradientTransformation {
  return chain(scaleByRootOfSumOfSquares(initialAccumulatorValue, eps), scaleByLearningRate(learningRate));
}

/** Port of optax.scale_by_rss. */
function scaleByRootOfSumOfSquares(initialValue: number, eps: number): GradientTransformation {
  return {
    init: (params) => {
      const sums = makeStates(params, initialValue);
      return {
        state: { sumOfSquares: sums },
        update: ({ tensors, factor }) => {
          const made = tensors.map((gradient, i) => {
            const sum = sums[i]!;
            sum.value = combineSquare(1, sum.value, factor * factor, gradient);
            // Where the sum is 0 the gradient is, too: 0 / √eps is optax's 0.
            return divideByRoot(gradient, sum.value, { inside: eps });
          });
          return { tensors: made, factor };
        },
      };
    },
  };
}

export const adagradOptimizer = defineOptimizer({
  type: 'adagrad',
  doc: 'Divides the step of each parameter by the size of all its gradients so far: for sparse features.',
  params: {
    learningRate: p.float({ start: 0.01, min: 0, step: 0.001, doc: 'How far each step goes.' }),
    initialAccumulatorValue: p.float({ default: 0.1, min: 0, advanced: true, doc: 'What the sums of squares start with.' }),
    eps: p.float({ default: 1e-7, min: 0, advanced: true, doc: 'Added inside the root of the divisor, so that nothing is divided by 0.' }),
  },
  make: adagrad,
  emit: emitOptimizer('adagrad'),
});
