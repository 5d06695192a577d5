import type { GradientTransformation } from './define.ts';
import { makeStates, type ParameterStates, statesOf } from './opt-state.ts';
import { combine } from './shared/kernels.ts';

/** Momentum: trace = decay · trace + update; Nesterov's looks one step ahead. Port of optax.trace. */
export function trace(
  decay: number,
  { nesterov = false }: { readonly nesterov?: boolean } = {},
): GradientTransformation<{ readonly trace: ParameterStates }> {
  return {
    init: (params) => ({ trace: makeStates(params) }),
    update: ({ tensors, factor }, state, params) => {
      const traces = statesOf(state.trace, params);
      const made = tensors.map((update, i) => {
        const trace = traces[i]!;
        trace.value = combine(decay, trace.value, factor, update);
        return nesterov ? combine(decay, trace.value, factor, update) : trace.value;
      });
      return { tensors: made, factor: 1 };
    },
  };
}
