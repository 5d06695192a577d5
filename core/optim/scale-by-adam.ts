import type { GradientTransformation } from './define.ts';
import { advance, makeCount, makeStates, type OptArray, type ParameterStates, statesOf } from './opt-state.ts';
import { startCorrection } from './shared/start-correction.ts';
import { combine, combineSquare, divideByRoot } from './shared/kernels.ts';

export interface AdamOptions {
  /** How slowly the mean of the gradients forgets. */
  readonly b1?: number;
  /** How slowly the mean of their squares forgets. */
  readonly b2?: number;
  /** Added outside the root. */
  readonly eps?: number;
  /** Added inside the root. */
  readonly epsRoot?: number;
  readonly nesterov?: boolean;
}

interface AdamState {
  readonly [name: string]: OptArray | ParameterStates;
  readonly count: OptArray;
  readonly mu: ParameterStates;
  readonly nu: ParameterStates;
}

/**
 * m̂ / (√(v̂ + epsRoot) + eps), with both moments corrected for their start at 0. Port of optax.scale_by_adam; arXiv:1412.6980. Moments are
 * float32: TensorFlow.js has no shorter type for optax's `mu_dtype`.
 */
export function scaleByAdam({
  b1 = 0.9,
  b2 = 0.999,
  eps = 1e-8,
  epsRoot = 0,
  nesterov = false,
}: AdamOptions = {}): GradientTransformation<AdamState> {
  return {
    init: (params) => ({ count: makeCount(), mu: makeStates(params), nu: makeStates(params) }),
    update: ({ tensors, factor }, state, params) => {
      const step = advance(state.count) + 1;
      const mu = statesOf(state.mu, params);
      const nu = statesOf(state.nu, params);
      const correction = startCorrection(b1, step);
      // Dividing m by its correction is left to the factor.
      const shared = { scale: 1 / startCorrection(b2, step), inside: epsRoot, outside: eps };
      const made = tensors.map((gradient, i) => {
        const m = mu[i]!;
        const v = nu[i]!;
        m.value = combine(b1, m.value, (1 - b1) * factor, gradient);
        v.value = combineSquare(b2, v.value, (1 - b2) * factor * factor, gradient);
        if (!nesterov) return divideByRoot(m.value, v.value, shared);
        const ahead = combine((b1 * correction) / startCorrection(b1, step + 1), m.value, (1 - b1) * factor, gradient);
        return divideByRoot(ahead, v.value, shared);
      });
      return { tensors: made, factor: 1 / correction };
    },
  };
}
