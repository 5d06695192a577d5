/** @file The answers to `describe` and `match`: the module tree of a document, and what a filter selects in it. */
import { toModuleFilter } from '../build/to-filter.ts';
import type { PathFilter, ModelDocument, Path } from '../document/schema.ts';
import { withoutNumbers } from '../layers/shared/initialize.ts';
import { dispose } from '../nnx/dispose.ts';
import { toFilter } from '../nnx/filter.ts';
import { iterModules } from '../nnx/module.ts';
import { buildModel } from '../build/build-model.ts';
import { attributesIn, describeModules } from './describe.ts';
import type { ModuleInfo } from './protocol.ts';

/** The rows of the live tree. Nothing is kept, and no number is drawn. @throws BuildError with the place. */
export function describeDocument(document: ModelDocument): ModuleInfo[] {
  const { model } = withoutNumbers(() => buildModel(document));
  try {
    return describeModules(model);
  } finally {
    dispose(model);
  }
}

export interface Matches {
  readonly paths: readonly Path[];
  /** Sorted names of what `setAttributes` can set on at least one of them. */
  readonly attributes: readonly string[];
}

/** The Modules that a filter selects, in the order of `iterModules`. */
export function matchModules(document: ModelDocument, only: PathFilter): Matches {
  const { model } = withoutNumbers(() => buildModel(document));
  try {
    const filter = toFilter(toModuleFilter(only));
    const matched = [...iterModules(model)].filter(([path, module]) => filter.test(path, module));
    const attributes = new Set(matched.flatMap(([, module]) => attributesIn(module).map(({ name }) => name)));
    return { paths: matched.map(([path]) => path), attributes: [...attributes].sort() };
  } finally {
    dispose(model);
  }
}
