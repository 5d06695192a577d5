/** @file A query over the Modules that there are, as an NNX filter. */
import type { AttributeValue, Path, PathFilter } from '../schema.ts';
import { ANY_LENGTH, ANY_LENGTHS, type Comparison, type Query, type QueryLeaf } from './query.ts';

export type Lengths = readonly (number | string)[];

/** What a query asks of a Module. `ModuleInfo` of a run is one. */
export interface QueryModule {
  readonly path: Path;
  /** Other places of the same object. */
  readonly alsoAt: readonly Path[];
  readonly paramCount: number;
  readonly variables: readonly { readonly type: string; readonly shape: Lengths }[];
  readonly attributes: readonly { readonly name: string; readonly value: AttributeValue }[];
}

/**
 * The filter that selects what the query asks for among these Modules: each question about what they hold becomes the paths of those that answer
 * it; the rest stays as it is, so that types and tags mean what they mean to NNX. `shapesOf`: what the calls of a Module give.
 */
export function resolveQuery(
  query: Query,
  modules: readonly QueryModule[],
  shapesOf: (path: Path) => readonly Lengths[] = () => [],
): PathFilter {
  const resolve = (each: Query): PathFilter => {
    switch (each.kind) {
      case 'any':
      case 'all':
        return { kind: each.kind, of: each.of.map(resolve) };
      case 'not':
        return { kind: 'not', of: resolve(each.of) };
      case 'name':
      case 'shape':
      case 'params':
      case 'attr':
      case 'var':
        return { kind: 'pathIn', paths: modules.filter((module) => answers(each, module, shapesOf)).map(({ path }) => path) };
      default:
        return each;
    }
  };
  return resolve(query);
}

function answers(leaf: QueryLeaf, module: QueryModule, shapesOf: (path: Path) => readonly Lengths[]): boolean {
  switch (leaf.kind) {
    case 'name':
      return [module.path, ...module.alsoAt].some((path) => isNamed(path, leaf.name, leaf.exact));
    case 'shape': {
      const own = module.variables.some(({ shape }) => fits(leaf.lengths, shape));
      return own || [module.path, ...module.alsoAt].some((path) => shapesOf(path).some((shape) => fits(leaf.lengths, shape)));
    }
    case 'params':
      return compare(module.paramCount, leaf.op, leaf.count);
    case 'attr':
      return module.attributes.some(({ name, value }) => name === leaf.name && (!leaf.is || compare(value, leaf.is.op, leaf.is.value)));
    case 'var':
      return module.variables.some(({ type }) => type === leaf.type);
  }
}

/** The item of a list has the name of the list, too. */
function isNamed(path: Path, wanted: string, exact: boolean): boolean {
  const name = path.findLast((part) => typeof part === 'string');
  if (name === undefined) return false;
  return exact ? name === wanted : name.toLowerCase().includes(wanted.toLowerCase());
}

/** Only numbers have an order. */
function compare(value: AttributeValue, op: Comparison, wanted: AttributeValue): boolean {
  if (op === '=') return value === wanted;
  if (typeof value !== 'number' || typeof wanted !== 'number') return false;
  switch (op) {
    case '<':
      return value < wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    case '>=':
      return value >= wanted;
  }
}

/** Whether a shape is as a pattern says. In time of the product of both lengths, whatever the pattern. */
export function fits(pattern: Lengths, shape: Lengths): boolean {
  // Which beginnings of the shape the pattern so far covers.
  let covered: readonly boolean[] = shape.map(() => false);
  let isStart = true;
  for (const part of pattern) {
    const before: readonly boolean[] = [isStart, ...covered];
    if (part === ANY_LENGTHS) {
      const first = before.indexOf(true);
      isStart = first === 0;
      covered = shape.map((_, i) => first !== -1 && i + 1 >= first);
    } else {
      isStart = false;
      covered = shape.map((length, i) => before[i]! && (part === ANY_LENGTH || part === length));
    }
  }
  return shape.length === 0 ? isStart : covered.at(-1)!;
}
