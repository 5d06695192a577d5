/** @file The answer to `match`: what a filter selects in a live tree. */
import { toModuleFilter } from '../build/to-filter.ts';
import type { PathFilter, Path } from '../document/schema.ts';
import { toFilter } from '../nnx/filter.ts';
import { iterModules, type Module } from '../nnx/module.ts';
import { attributesIn } from './describe.ts';

export interface Matches {
  readonly paths: readonly Path[];
  /** Sorted names of what `setAttributes` can set on at least one of them. */
  readonly attributes: readonly string[];
}

/** The Modules that a filter selects, in the order of `iterModules`. */
export function matchModules(root: Module, only: PathFilter): Matches {
  const filter = toFilter(toModuleFilter(only));
  const matched = [...iterModules(root)].filter(([path, module]) => filter.test(path, module));
  const attributes = new Set(matched.flatMap(([, module]) => attributesIn(module).map(({ name }) => name)));
  return { paths: matched.map(([path]) => path), attributes: [...attributes].sort() };
}
