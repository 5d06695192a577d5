import { kerasAdam } from './shared/keras-adam.ts';
import { p } from '../spec/params.ts';
import { adamParams } from './adam.ts';
import { addDecayedWeights, type DecayMask } from './add-decayed-weights.ts';
import { chain } from './chain.ts';
import { checkOptions } from './check-options.ts';
import { defineOptimizer, emitOptimizer, type GradientTransformation, type LearningRate } from './define.ts';
import { type AdamOptions, scaleByAdam } from './scale-by-adam.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

export interface AdamwOptions extends AdamOptions {
  readonly learningRate: LearningRate;
  /** How much of each parameter is taken off, times the learning rate; may change with the steps. */
  readonly weightDecay?: LearningRate;
  /** Which parameters decay; all unless given. */
  readonly mask?: DecayMask | null;
}

/** Adam with weight decay beside the gradient, not in it. Port of optax.adamw; Loshchilov and Hutter 2017, arXiv:1711.05101. */
export function adamw(given: AdamwOptions): GradientTransformation {
  const { learningRate, weightDecay = 1e-4, mask = null, ...options } = checkOptions('adamw', adamwOptimizer.params, given, ['mask']);
  return chain(scaleByAdam(options), addDecayedWeights(weightDecay, mask), scaleByLearningRate(learningRate));
}

export const adamwOptimizer = defineOptimizer({
  type: 'adamw',
  doc: 'Adam with weight decay: parameters shrink a little at each step.',
  params: {
    ...adamParams,
    weightDecay: p.float({ default: 1e-4, min: 0, step: 1e-4, doc: 'How much parameters shrink, times the learning rate.' }),
  },
  make: adamw,
  emit: {
    ...emitOptimizer('adamw', (context, parameters, learningRate) => {
      const { args, option } = context;
      if (args['epsRoot'] !== 0 || args['nesterov'] === true) context.refuse("PyTorch's AdamW has neither eps_root nor nesterov.");
      const betas = args['b1'] === 0.9 && args['b2'] === 0.999 ? '' : `, betas=(${context.source('b1')}, ${context.source('b2')})`;
      return `torch.optim.AdamW(${parameters}, lr=${learningRate}${betas}${option('eps', 'eps', 1e-8)}, weight_decay=${context.source('weightDecay')})`;
    }),
    keras: kerasAdam('AdamW'),
  },
});
