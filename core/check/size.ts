/** @file Models that no machine of ours can hold: said at their place, before anything is built. */
import type { Problem } from '../document/problem.ts';
import type { Instance } from './instance.ts';
import type { PlacedInstance } from './tree.ts';

export function findSizeProblems(_root: Instance, _unique: readonly PlacedInstance[], _modules: number): readonly Problem[] {
  return [];
}
