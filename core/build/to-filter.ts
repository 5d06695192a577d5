/** @file A filter as data to a live one. */
import type { PathFilter } from '../document/schema.ts';
import { All, Any, Everything, type Filter, Nothing, Not, PathContains, PathIn, WithTag } from '../nnx/filter.ts';
import { type Class, className } from '../nnx/type-name.ts';

/** The live filter. Types are matched by name along the chain of classes, so that `Linear` also selects a LoRALinear, as in Flax. */
export function toModuleFilter(spec: PathFilter): Filter {
  switch (spec.kind) {
    case 'everything':
      return new Everything();
    case 'nothing':
      return new Nothing();
    case 'type':
      return (_path, value) => isOfType(value, spec.type);
    case 'tag':
      return new WithTag(spec.tag);
    case 'path':
      return new PathContains(spec.contains, { exact: spec.exact });
    case 'pathIn':
      return new PathIn(...spec.paths);
    case 'any':
      return new Any(...spec.of.map(toModuleFilter));
    case 'all':
      return new All(...spec.of.map(toModuleFilter));
    case 'not':
      return new Not(toModuleFilter(spec.of));
  }
}

function isOfType(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (
    let type: unknown = value.constructor;
    typeof type === 'function' && type !== Function.prototype;
    type = Object.getPrototypeOf(type)
  ) {
    if (className(type as Class) === name) return true;
  }
  return false;
}
