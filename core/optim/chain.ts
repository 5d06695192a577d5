import type { GradientTransformation, RuleState } from './define.ts';

/** One rule after the other, each on the updates of the one before. Its state is the list of theirs. Port of optax.chain. */
export function chain(...rules: readonly GradientTransformation[]): GradientTransformation<readonly RuleState[]> {
  return {
    init: (params) => rules.map((rule) => rule.init(params)),
    update: (updates, state, params) => rules.reduce((before, rule, i) => rule.update(before, state[i]!, params), updates),
  };
}
