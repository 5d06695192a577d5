import type { TorchDefinition } from '../spec/emit-pytorch.ts';
import { kerasGap } from '../spec/emit-keras.ts';
import { p } from '../spec/params.ts';
import { chain } from './chain.ts';
import { checkOptions } from './check-options.ts';
import { defineOptimizer, emitOptimizer, type GradientTransformation, type LearningRate } from './define.ts';
import { advance, makeCount, makeStates, type OptArray, type ParameterStates, statesOf } from './opt-state.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { startCorrection } from './shared/start-correction.ts';
import { combine, combineSquare, divideByRoot } from './shared/kernels.ts';
import { trace } from './trace.ts';

export interface ScaleByRmsOptions {
  /** How slowly the mean of the squares forgets. */
  readonly decay?: number;
  readonly eps?: number;
  readonly initialScale?: number;
  /** Whether eps is added inside the root, or to the root. */
  readonly epsInSqrt?: boolean;
  /** Divide by the standard deviation of the gradients instead of their root mean square. */
  readonly centered?: boolean;
  /** Correct the means for their start. */
  readonly biasCorrection?: boolean;
}

export interface RmspropOptions extends ScaleByRmsOptions {
  readonly learningRate: LearningRate;
  readonly momentum?: number | null;
  readonly nesterov?: boolean;
}

/** Steps divided by the root of a forgetful mean of the squared gradients. Port of optax.rmsprop; Hinton 2012. */
export function rmsprop(given: RmspropOptions): GradientTransformation {
  const { learningRate, momentum = null, nesterov = false, ...options } = checkOptions('rmsprop', rmspropOptimizer.params, given);
  const rules = [scaleByRms(options), scaleByLearningRate(learningRate)];
  return chain(...rules, ...(momentum === null ? [] : [trace(momentum, { nesterov })]));
}

/** `count` where means are corrected, `mu` where they are centred, in optax's order. */
interface RmsState {
  readonly [name: string]: OptArray | ParameterStates;
  readonly nu: ParameterStates;
}

/** Port of optax.scale_by_rms, and of optax.scale_by_stddev where `centered`. */
function scaleByRms({
  decay = 0.9,
  eps = 1e-8,
  initialScale = 0,
  epsInSqrt = true,
  centered = false,
  biasCorrection = false,
}: ScaleByRmsOptions): GradientTransformation<RmsState> {
  const epsilon = epsInSqrt ? { inside: eps } : { outside: eps };
  return {
    init: (params) => ({
      ...(biasCorrection ? { count: makeCount() } : {}),
      ...(centered ? { mu: makeStates(params) } : {}),
      nu: makeStates(params, initialScale),
    }),
    update: ({ tensors, factor }, state, params) => {
      const correction = biasCorrection ? 1 / startCorrection(decay, advance(state['count'] as OptArray) + 1) : 1;
      const nu = statesOf(state.nu, params);
      const mu = centered ? statesOf(state['mu'] as ParameterStates, params) : [];
      const made = tensors.map((gradient, i) => {
        const v = nu[i]!;
        v.value = combineSquare(decay, v.value, (1 - decay) * factor * factor, gradient);
        if (!centered) return divideByRoot(gradient, v.value, { scale: correction, ...epsilon });
        const m = mu[i]!;
        m.value = combine(decay, m.value, (1 - decay) * factor, gradient);
        const variance = combineSquare(correction, v.value, -correction * correction, m.value);
        return divideByRoot(gradient, variance, epsilon);
      });
      return { tensors: made, factor };
    },
  };
}

/** PyTorch's own adds eps to the root, and lets a learning rate that changes act on all of the momentum. */
const RMSPROP: TorchDefinition = {
  name: 'RMSprop',
  source: `class RMSprop(torch.optim.Optimizer):
    """RMSProp as optax has it."""

    def __init__(
        self,
        params,
        lr: float,
        decay: float = 0.9,
        eps: float = 1e-8,
        initial_scale: float = 0.0,
        eps_in_sqrt: bool = True,
        momentum: float | None = None,
        nesterov: bool = False,
    ) -> None:
        super().__init__(params, {'lr': lr})
        self.decay, self.eps, self.initial_scale = decay, eps, initial_scale
        self.eps_in_sqrt, self.momentum, self.nesterov = eps_in_sqrt, momentum, nesterov

    @torch.no_grad()
    def step(self, closure=None) -> None:
        for group in self.param_groups:
            for parameter in group['params']:
                if parameter.grad is not None:
                    parameter.sub_(self.update(parameter, group['lr']))

    def update(self, parameter: torch.Tensor, lr: float) -> torch.Tensor:
        state = self.state[parameter]
        if not state:
            state['squares'] = torch.full_like(parameter, self.initial_scale)
            state['trace'] = torch.zeros_like(parameter)
        squares, trace = state['squares'], state['trace']
        squares.lerp_(parameter.grad.square(), 1 - self.decay)
        if self.eps_in_sqrt:
            root = (squares + self.eps).sqrt()
        else:
            root = squares.sqrt() + self.eps
        update = lr * parameter.grad / root
        if self.momentum is None:
            return update
        trace.mul_(self.momentum).add_(update)
        return update + self.momentum * trace if self.nesterov else trace`,
};

export const rmspropOptimizer = defineOptimizer({
  type: 'rmsprop',
  doc: 'Divides the step of each parameter by the size of its recent gradients.',
  params: {
    learningRate: p.float({ start: 0.001, min: 0, step: 0.0001, doc: 'How far each step goes.' }),
    decay: p.float({ default: 0.9, min: 0, max: 1, step: 0.01, doc: 'How slowly the mean of the squared gradients forgets.' }),
    eps: p.float({ default: 1e-8, min: 0, advanced: true, doc: 'Added to the divisor, so that nothing is divided by 0.' }),
    initialScale: p.float({ default: 0, min: 0, advanced: true, doc: 'What the means of squares start with.' }),
    epsInSqrt: p.bool({ default: true, advanced: true, doc: 'Add eps inside the root instead of to the root.' }),
    centered: p.bool({ default: false, advanced: true, doc: 'Divide by the standard deviation of the gradients instead.' }),
    momentum: p.float.nullable({ min: 0, max: 1, step: 0.05, doc: 'How much of the last step goes on.' }),
    nesterov: p.bool({ default: false, advanced: true, doc: 'Take the momentum one step ahead.' }),
    biasCorrection: p.bool({ default: false, advanced: true, doc: 'Correct the means for their start at 0.' }),
  },
  make: rmsprop,
  emit: {
    ...emitOptimizer('rmsprop', (context, parameters, learningRate) => {
      const { args, option, define } = context;
      if (args['centered'] === true || args['biasCorrection'] === true) context.refuse('RMSProp is neither centred nor corrected there.');
      const rest = ['decay', 'eps', 'initialScale', 'epsInSqrt', 'momentum', 'nesterov'] as const;
      const names = ['decay', 'eps', 'initial_scale', 'eps_in_sqrt', 'momentum', 'nesterov'];
      const defaults = [0.9, 1e-8, 0, true, null, false];
      return `${define(RMSPROP)}(${parameters}, lr=${learningRate}${rest.map((name, i) => option(names[i]!, name, defaults[i]!)).join('')})`;
    }),
    keras: ({ args, source }, learningRate) => {
      if (args['epsInSqrt'] !== true || args['initialScale'] !== 0 || args['biasCorrection'] === true || args['nesterov'] === true)
        kerasGap('RMSprop of Keras starts at 0, adds epsilon inside the root, corrects nothing and has no nesterov.');
      const parts = [
        learningRate,
        args['decay'] === 0.9 ? '' : `rho=${source('decay')}`,
        args['momentum'] === null ? '' : `momentum=${source('momentum')}`,
        `epsilon=${source('eps')}`,
        args['centered'] === true ? 'centered=True' : '',
      ].filter(Boolean);
      return { call: `keras.optimizers.RMSprop(${parts.join(', ')})` };
    },
  },
});
