import { kerasAdam } from './shared/keras-adam.ts';
import { p } from '../spec/params.ts';
import { chain } from './chain.ts';
import { checkOptions } from './check-options.ts';
import { defineOptimizer, emitOptimizer, type GradientTransformation, type LearningRate } from './define.ts';
import { type AdamOptions, scaleByAdam } from './scale-by-adam.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Steps of the mean gradient over the root of the mean square gradient. Port of optax.adam; Kingma and Ba 2014, arXiv:1412.6980. */
export function adam(given: AdamOptions & { readonly learningRate: LearningRate }): GradientTransformation {
  const { learningRate, ...options } = checkOptions('adam', adamParams, given);
  return chain(scaleByAdam(options), scaleByLearningRate(learningRate));
}

export const adamParams = {
  learningRate: p.float({ start: 0.001, min: 0, step: 0.0001, doc: 'How far each step goes.' }),
  b1: p.float({ default: 0.9, min: 0, max: 1, step: 0.01, advanced: true, doc: 'How slowly the mean of the gradients forgets.' }),
  b2: p.float({ default: 0.999, min: 0, max: 1, step: 0.001, advanced: true, doc: 'How slowly the mean of their squares forgets.' }),
  eps: p.float({ default: 1e-8, min: 0, advanced: true, doc: 'Added to the divisor, so that nothing is divided by 0.' }),
  epsRoot: p.float({ default: 0, min: 0, advanced: true, doc: 'Added inside the root of the divisor.' }),
  nesterov: p.bool({ default: false, advanced: true, doc: 'Look one step ahead (NAdam).' }),
};

export const adamOptimizer = defineOptimizer({
  type: 'adam',
  doc: 'Adapts the step of each parameter to the size of its gradients. A good first choice.',
  params: adamParams,
  make: adam,
  emit: {
    ...emitOptimizer('adam', (context, parameters, learningRate) => {
      const { args, option } = context;
      if (args['epsRoot'] !== 0 || args['nesterov'] === true) context.refuse("PyTorch's Adam has neither eps_root nor nesterov.");
      const betas = args['b1'] === 0.9 && args['b2'] === 0.999 ? '' : `, betas=(${context.source('b1')}, ${context.source('b2')})`;
      return `torch.optim.Adam(${parameters}, lr=${learningRate}${betas}${option('eps', 'eps', 1e-8)})`;
    }),
    keras: kerasAdam('Adam'),
  },
});
