import type { GradientTransformation } from './define.ts';
import { makeStates } from './opt-state.ts';
import { combine } from './shared/kernels.ts';

/** Momentum: trace = decay · trace + update; Nesterov's looks one step ahead. Port of optax.trace. */
export function trace(decay: number, { nesterov = false }: { readonly nesterov?: boolean } = {}): GradientTransformation {
  return {
    init: (params) => {
      const traces = makeStates(params);
      return {
        state: { trace: traces },
        update: ({ tensors, factor }) => {
          const made = tensors.map((update, i) => {
            const state = traces[i]!;
            state.value = combine(decay, state.value, factor, update);
            return nesterov ? combine(decay, state.value, factor, update) : state.value;
          });
          return { tensors: made, factor: 1 };
        },
      };
    },
  };
}
