/** @file Random filters of every kind, and what each means by the plainest evaluation that one can write. */
import fc from 'fast-check';
import {
  All,
  Any,
  BatchStat,
  Dict,
  Everything,
  type Filter,
  List,
  LoRAParam,
  Module,
  Not,
  Nothing,
  OfType,
  Param,
  type Path,
  PathContains,
  type PathPart,
  PathIn,
  Variable,
  WithTag,
} from '../index.ts';
import { anyName, Open, Special } from './random-modules.ts';

const TYPES = { Open, Special, List, Dict, Module, Param, BatchStat, LoRAParam, Variable } as const;
type TypeName = keyof typeof TYPES;

export type FilterPlan =
  | { readonly op: 'everything' | 'nothing'; readonly as: number }
  | { readonly op: 'type'; readonly type: TypeName; readonly wrapped: boolean }
  | { readonly op: 'tag'; readonly tag: string; readonly wrapped: boolean }
  | { readonly op: 'depth'; readonly depth: number }
  | { readonly op: 'contains'; readonly key: PathPart; readonly exact: boolean }
  | { readonly op: 'in'; readonly paths: readonly Path[] }
  | { readonly op: 'not'; readonly of: FilterPlan }
  | { readonly op: 'any' | 'all' | 'array'; readonly of: readonly FilterPlan[] };

const part: fc.Arbitrary<PathPart> = fc.oneof(anyName, fc.nat(3));

const { plan } = fc.letrec<{ plan: FilterPlan }>((tie) => ({
  plan: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ op: fc.constantFrom('everything' as const, 'nothing' as const), as: fc.nat(2) }),
    fc.record({ op: fc.constant('type' as const), type: fc.constantFrom(...(Object.keys(TYPES) as TypeName[])), wrapped: fc.boolean() }),
    fc.record({ op: fc.constant('tag' as const), tag: fc.constantFrom('t', 'u', 'none'), wrapped: fc.boolean() }),
    fc.record({ op: fc.constant('depth' as const), depth: fc.nat(3) }),
    fc.record({ op: fc.constant('contains' as const), key: part, exact: fc.boolean() }),
    fc.record({ op: fc.constant('in' as const), paths: fc.array(fc.array(part, { maxLength: 2 }), { maxLength: 3 }) }),
    fc.record({ op: fc.constant('not' as const), of: tie('plan') }),
    fc.record({
      op: fc.constantFrom('any' as const, 'all' as const, 'array' as const),
      of: fc.array(tie('plan'), { maxLength: 3 }),
    }),
  ),
}));
export const anyFilterPlan: fc.Arbitrary<FilterPlan> = plan;

export function buildFilter(plan: FilterPlan): Filter {
  switch (plan.op) {
    case 'everything':
      return plan.as === 0 ? true : new Everything();
    case 'nothing':
      return plan.as === 0 ? false : plan.as === 1 ? null : new Nothing();
    case 'type':
      return plan.wrapped ? new OfType(TYPES[plan.type]) : TYPES[plan.type];
    case 'tag':
      return plan.wrapped ? new WithTag(plan.tag) : plan.tag;
    case 'depth':
      return (path) => path.length > plan.depth;
    case 'contains':
      return new PathContains(plan.key, { exact: plan.exact });
    case 'in':
      return new PathIn(...plan.paths);
    case 'not':
      return new Not(buildFilter(plan.of));
    case 'any':
      return new Any(...plan.of.map(buildFilter));
    case 'all':
      return new All(...plan.of.map(buildFilter));
    case 'array':
      return plan.of.map(buildFilter);
  }
}

/** Whether the filter selects a Module or Variable with this tag at this path. */
export function naiveMatch(plan: FilterPlan, path: Path, value: object, tag: string | null): boolean {
  switch (plan.op) {
    case 'everything':
      return true;
    case 'nothing':
      return false;
    case 'type':
      for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null)
        if (at === TYPES[plan.type].prototype) return true;
      return false;
    case 'tag':
      return tag === plan.tag;
    case 'depth':
      return path.length > plan.depth;
    case 'contains': {
      const { key, exact } = plan;
      return path.filter((step) => (exact ? step === key : String(step).split(String(key)).length > 1)).length > 0;
    }
    case 'in':
      return plan.paths.map((known) => JSON.stringify(known)).includes(JSON.stringify(path));
    case 'not':
      return !naiveMatch(plan.of, path, value, tag);
    case 'any':
    case 'array':
      return plan.of.map((of) => naiveMatch(of, path, value, tag)).includes(true);
    case 'all':
      return !plan.of.map((of) => naiveMatch(of, path, value, tag)).includes(false);
  }
}
