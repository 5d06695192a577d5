import type { GradientTransformation } from './define.ts';

/** One rule after the other, each on the updates of the one before. Port of optax.chain. */
export function chain(...rules: readonly GradientTransformation[]): GradientTransformation {
  return {
    init: (params) => {
      const parts = rules.map((rule) => rule.init(params));
      return {
        // A name that occurs twice gets a number: `trace`, `trace1`.
        state: mergeStates(parts.map((part) => part.state)),
        update: (updates, current) => parts.reduce((before, part) => part.update(before, current), updates),
      };
    },
  };
}

function mergeStates<T>(states: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const merged: Record<string, T> = {};
  for (const state of states)
    for (const [name, value] of Object.entries(state)) {
      let free = name;
      for (let i = 1; free in merged; i += 1) free = `${name}${i}`;
      merged[free] = value;
    }
  return merged;
}
