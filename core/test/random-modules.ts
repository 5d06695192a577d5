/**
 * @file Random graphs of Modules: Lists, Dicts and plain containers, any names, sharing and cycles; and the plainest reading of them
 * that one can write, which uses none of core's traversal.
 */
import fc from 'fast-check';
import { BatchStat, data, Dict, List, LoRAParam, Module, Param, Variable, type Path, type PathPart } from '../index.ts';

/** Any attributes: what a designer's class is. */
export class Open extends Module {
  static override readonly typeName: string = 'Open';
  [name: string]: unknown;
}
export class Special extends Open {
  static override readonly typeName: string = 'Special';
}

/** What an attribute, or a place in a container, holds. Modules and Variables are named by their numbers. */
type Value =
  | { readonly is: 'module' | 'variable'; readonly target: number }
  | { readonly is: 'static'; readonly value: number | string | null }
  | { readonly is: 'array'; readonly parts: readonly Value[] }
  | { readonly is: 'object'; readonly parts: readonly (readonly [string, Value])[] };

interface ModulePlan {
  readonly kind: 'open' | 'special' | 'list' | 'dict';
  readonly tag: string | null;
  readonly attributes: readonly (readonly [string, Value])[];
}
interface VariablePlan {
  readonly type: number;
  readonly tag: string | null;
}
export interface GraphPlan {
  readonly modules: readonly ModulePlan[];
  readonly variables: readonly VariablePlan[];
}

const VARIABLE_TYPES = [Param, BatchStat, LoRAParam, Variable] as const;
const TAKEN = new Set([...namesOf(Open.prototype), ...namesOf(Dict.prototype), 'tag', 'hits']);

function namesOf(prototype: object | null): string[] {
  return prototype === null
    ? []
    : [...Object.getOwnPropertyNames(prototype), ...namesOf(Object.getPrototypeOf(prototype) as object | null)];
}

/** Names whose order by code point differs from that of locales, of UTF-16, of numbers and of insertion. */
export const anyName: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom('a', 'b', 'ab', 'B', '_c'),
    fc.string({
      minLength: 1,
      maxLength: 3,
      unit: fc.constantFrom('a', 'b', 'Z', '_', '0', '1', '9', 'ä', 'é', '\u{FF41}', '\u{1F600}', '\u{10FFFF}'),
    }),
  )
  .filter((name) => !TAKEN.has(name));

const tag = fc.option(fc.constantFrom('t', 'u'), { freq: 2 });
const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ is: fc.constant('module' as const), target: fc.nat(20) }),
    fc.record({ is: fc.constant('variable' as const), target: fc.nat(20) }),
    fc.record({ is: fc.constant('static' as const), value: fc.constantFrom(1, 'text', null) }),
    fc.record({ is: fc.constant('array' as const), parts: fc.array(tie('value').filter(isData), { maxLength: 3 }) }),
    fc.record({ is: fc.constant('object' as const), parts: fc.array(fc.tuple(anyName, tie('value').filter(isData)), { maxLength: 3 }) }),
  ),
}));

// In a container marked as data a number would be a leaf.
function isData({ is }: Value): boolean {
  return is !== 'static';
}

/** Every Module may point to any other, and to itself: sharing, and cycles. */
export const anyGraphPlan: fc.Arbitrary<GraphPlan> = fc.record({
  modules: fc.array(
    fc.record({
      kind: fc.constantFrom('open', 'open', 'special', 'list', 'dict'),
      tag,
      attributes: fc.array(fc.tuple(anyName, anyValue), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  variables: fc.array(fc.record({ type: fc.nat(VARIABLE_TYPES.length - 1), tag }), { minLength: 1, maxLength: 6 }),
});

export interface LiveGraph {
  readonly root: Module;
  readonly modules: readonly Module[];
  readonly variables: readonly Variable<number>[];
}

export function buildGraph(plan: GraphPlan): LiveGraph {
  const modules = plan.modules.map(({ kind, tag }): Module => {
    if (kind === 'list') return new List<unknown>();
    const module = kind === 'dict' ? new Dict<unknown>() : kind === 'special' ? new Special() : new Open();
    return Object.assign(module, { hits: 0 }, tag === null ? {} : { tag });
  });
  const variables = plan.variables.map(({ type, tag }, i) => new VARIABLE_TYPES[type]!<number>(i, tag === null ? {} : { tag }));
  const live = (value: Value): unknown => {
    switch (value.is) {
      case 'module':
        return modules[value.target % modules.length];
      case 'variable':
        return variables[value.target % variables.length];
      case 'static':
        return value.value;
      case 'array':
        return data(value.parts.map(live));
      case 'object':
        return data(Object.fromEntries(value.parts.map(([name, part]) => [name, live(part)])));
    }
  };
  plan.modules.forEach(({ attributes }, i) => {
    const module = modules[i]!;
    for (const [name, value] of attributes)
      if (module instanceof List) module.append(live(value));
      else Object.defineProperty(module, name, { value: live(value), enumerable: true, writable: true, configurable: true });
  });
  return { root: modules[0]!, modules, variables };
}

/** By the numbers of code points, one by one. */
function before(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => Array.from(text, (character) => character.codePointAt(0)!));
  const at = left!.findIndex((point, i) => point !== right![i]);
  if (at < 0) return left!.length - right!.length;
  return (left![at] ?? -1) - (right![at] ?? -1);
}

/** What a Module or container holds, by name or position, in the order that Flax has. */
function partsOf(holder: ModulePlan | Value): (readonly [PathPart, Value])[] {
  const isList = 'kind' in holder ? holder.kind === 'list' : holder.is === 'array';
  if (isList) {
    const parts = 'kind' in holder ? holder.attributes.map(([, value]) => value) : (holder as { parts: readonly Value[] }).parts;
    return parts.map((value, position) => [position, value] as const);
  }
  const named = 'kind' in holder ? holder.attributes : (holder as { parts: readonly (readonly [string, Value])[] }).parts;
  // Of two attributes with one name, the later stays.
  return [...new Map(named)].sort(([a], [b]) => before(a, b));
}

/** Every Module once, under its first path, after all that it holds. */
export function naiveModules({ modules }: GraphPlan): { readonly path: Path; readonly module: number }[] {
  const seen = new Set<number>();
  const found: { path: Path; module: number }[] = [];
  const enter = (module: number, path: Path): void => {
    if (seen.has(module)) return;
    seen.add(module);
    for (const [part, value] of partsOf(modules[module]!)) visit(value, [...path, part]);
    found.push({ path, module });
  };
  const visit = (value: Value, path: Path): void => {
    if (value.is === 'module') enter(value.target % modules.length, path);
    else if (value.is === 'array' || value.is === 'object') for (const [part, inner] of partsOf(value)) visit(inner, [...path, part]);
  };
  enter(0, []);
  return found;
}

/** Every Variable once, under its first path. */
export function naiveVariables({ modules, variables }: GraphPlan): { readonly path: Path; readonly variable: number }[] {
  const seen = new Set<string>();
  const found: { path: Path; variable: number }[] = [];
  const visit = (value: Value, path: Path): void => {
    if (value.is === 'static') return;
    if (value.is === 'array' || value.is === 'object') {
      for (const [part, inner] of partsOf(value)) visit(inner, [...path, part]);
      return;
    }
    const number = value.target % (value.is === 'module' ? modules : variables).length;
    if (seen.has(`${value.is} ${number}`)) return;
    seen.add(`${value.is} ${number}`);
    if (value.is === 'variable') found.push({ path, variable: number });
    else for (const [part, inner] of partsOf(modules[number]!)) visit(inner, [...path, part]);
  };
  visit({ is: 'module', target: 0 }, []);
  return found;
}
