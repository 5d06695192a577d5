import { kerasGap } from '../spec/emit-keras.ts';
import { p } from '../spec/params.ts';
import { chain } from './chain.ts';
import { checkOptions } from './check-options.ts';
import { defineOptimizer, emitOptimizer, type GradientTransformation, type LearningRate } from './define.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { trace } from './trace.ts';

export interface SgdOptions {
  readonly learningRate: LearningRate;
  /** How much of the last step goes on; `null` is none. */
  readonly momentum?: number | null;
  readonly nesterov?: boolean;
}

/** Stochastic gradient descent. Port of optax.sgd. */
export function sgd(given: SgdOptions): GradientTransformation {
  const { learningRate, momentum = null, nesterov = false } = checkOptions('sgd', sgdOptimizer.params, given);
  // Without momentum an empty place stands for it, as in optax: the state of a schedule is the second either way.
  return chain(momentum === null ? chain() : trace(momentum, { nesterov }), scaleByLearningRate(learningRate));
}

export const sgdOptimizer = defineOptimizer({
  type: 'sgd',
  doc: 'Stochastic gradient descent, with momentum if wanted.',
  params: {
    learningRate: p.float({ start: 0.01, min: 0, step: 0.001, doc: 'How far each step goes.' }),
    momentum: p.float.nullable({ min: 0, max: 1, step: 0.05, doc: 'How much of the last step goes on; 0.9 is common.' }),
    nesterov: p.bool({ default: false, doc: 'Take the gradient where the momentum leads, instead of where it starts.' }),
  },
  make: sgd,
  emit: {
    ...emitOptimizer('sgd', ({ args, source }, parameters, learningRate) => {
      const momentum = args['momentum'] === null ? '' : `, momentum=${source('momentum')}`;
      const nesterov = momentum !== '' && args['nesterov'] === true ? ', nesterov=True' : '';
      return `torch.optim.SGD(${parameters}, lr=${learningRate}${momentum}${nesterov})`;
    }),
    keras: ({ args, source }, learningRate, isScheduled) => {
      if (args['momentum'] === null) return { call: `keras.optimizers.SGD(${learningRate})` };
      if (isScheduled) kerasGap('SGD of Keras has the learning rate inside its momentum, which is another rule where the rate changes.');
      return {
        call: `keras.optimizers.SGD(${learningRate}, momentum=${source('momentum')}${args['nesterov'] === true ? ', nesterov=True' : ''})`,
      };
    },
  },
});
