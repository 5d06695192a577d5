/** @file The problems of a class from all its uses: what every use has is said of the class, the rest of the use where it arises. */
import type { Problem } from '../document/problem.ts';
import type { Instance } from './instance.ts';
import type { PlacedInstance } from './tree.ts';

/** The problems inside one use, those of nested classes not included. Members first, then nodes in the order in which they run. */
export function problemsIn(instance: Instance): readonly Problem[] {
  const found: Problem[] = [];
  for (const { problems } of instance.members.values()) if (problems.length > 0) found.push(...problems);
  for (const { problems } of instance.nodes.values()) if (problems.length > 0) found.push(...problems);
  return found;
}

/** The problems of a class over its different uses, each with `place.instance` where only some uses have it. */
export function collectProblems(uses: readonly PlacedInstance[]): readonly Problem[] {
  const [only] = uses;
  if (uses.length === 1) return problemsIn(only!.instance);
  const seen = new Map<string, { readonly problem: Problem; readonly uses: Set<PlacedInstance> }>();
  for (const use of uses) {
    for (const problem of problemsIn(use.instance)) {
      const key = JSON.stringify([problem.code, problem.place, problem.message]);
      const known = seen.get(key);
      if (known) known.uses.add(use);
      else seen.set(key, { problem, uses: new Set([use]) });
    }
  }
  return [...seen.values()].flatMap(({ problem, uses: where }) => {
    if (where.size === uses.length) return [problem];
    return [...where].map(({ path }) => ({ ...problem, place: { ...problem.place, instance: path } }));
  });
}
