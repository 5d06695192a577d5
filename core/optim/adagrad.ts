import { p } from '../spec/params.ts';
import { chain } from './chain.ts';
import { checkOptions } from './check-options.ts';
import { defineOptimizer, emitOptimizer, type GradientTransformation, type LearningRate } from './define.ts';
import { makeStates, type ParameterStates, statesOf } from './opt-state.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { combineSquare, divideByRootOrZero } from './shared/kernels.ts';

export interface AdagradOptions {
  readonly learningRate: LearningRate;
  readonly initialAccumulatorValue?: number;
  /** Added inside the root. */
  readonly eps?: number;
}

/** Steps divided by the root of the sum of all squared gradients so far. Port of optax.adagrad; Duchi et al. 2011. */
export function adagrad(given: AdagradOptions): GradientTransformation {
  const { learningRate, initialAccumulatorValue = 0.1, eps = 1e-7 } = checkOptions('adagrad', adagradOptimizer.params, given);
  return chain(scaleByRootOfSumOfSquares(initialAccumulatorValue, eps), scaleByLearningRate(learningRate));
}

/** Port of optax.scale_by_rss. */
function scaleByRootOfSumOfSquares(initialValue: number, eps: number): GradientTransformation<{ readonly sumOfSquares: ParameterStates }> {
  return {
    init: (params) => ({ sumOfSquares: makeStates(params, initialValue) }),
    update: ({ tensors, factor }, state, params) => {
      const sums = statesOf(state.sumOfSquares, params);
      const made = tensors.map((gradient, i) => {
        const sum = sums[i]!;
        sum.value = combineSquare(1, sum.value, factor * factor, gradient);
        return divideByRootOrZero(gradient, sum.value, eps);
      });
      return { tensors: made, factor };
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
  emit: {
    ...emitOptimizer('adagrad', (context, parameters, learningRate) => {
      const { args, source } = context;
      // PyTorch adds eps to the root: beside a sum of that size it is nothing.
      if ((args['initialAccumulatorValue'] as number) < 1e-3)
        context.refuse('PyTorch adds eps to the root of the sums, which then start too small.');
      return `torch.optim.Adagrad(${parameters}, lr=${learningRate}, initial_accumulator_value=${source('initialAccumulatorValue')}, eps=${source('eps')})`;
    }),
    keras: ({ source }, learningRate) => ({
      call: `keras.optimizers.Adagrad(${learningRate}, initial_accumulator_value=${source('initialAccumulatorValue')}, epsilon=${source('eps')})`,
    }),
  },
});
