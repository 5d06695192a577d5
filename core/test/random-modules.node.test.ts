/** @file Properties of traversal, filters and splitting on random graphs of Modules with sharing and cycles. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findDuplicates,
  graphdef,
  type GraphDef,
  iterModules,
  iterGraph,
  merge,
  mergeCopy,
  Module,
  split,
  state,
  type State,
  clone,
  Variable,
} from '../index.ts';
import { anyFilterPlan, buildFilter, naiveMatch } from './random-filters.ts';
import { anyGraphPlan, buildGraph, type LiveGraph, naiveModules, naiveVariables } from './random-modules.ts';

const RUNS = { numRuns: 300, seed: 11 };

describe('on random graphs with sharing and cycles', () => {
  it('walks every Module once, under its first path, children first, in the order of code points whatever the names', () => {
    fc.assert(
      fc.property(anyGraphPlan, (plan) => {
        const { root, modules } = buildGraph(plan);
        const found = [...iterModules(root)].map(([path, module]) => ({ path: [...path], module: modules.indexOf(module) }));
        expect(found).toEqual(naiveModules(plan));
      }),
      RUNS,
    );
  });

  it('lists every Variable once, under its first path, in the same order', () => {
    fc.assert(
      fc.property(anyGraphPlan, (plan) => {
        const { root, variables } = buildGraph(plan);
        const found = variablesIn(state(root)).map(([path, variable]) => ({ path, variable: variables.indexOf(variable) }));
        expect(found).toEqual(naiveVariables(plan));
      }),
      RUNS,
    );
  });

  it('sets attributes exactly where a naive evaluation of the filter does', () => {
    fc.assert(
      fc.property(anyGraphPlan, anyFilterPlan, (plan, filter) => {
        const { root, modules } = buildGraph(plan);
        const takesHits = (module: number) => plan.modules[module]!.kind !== 'list';
        const expected = naiveModules(plan)
          .filter(({ path, module }) => takesHits(module) && naiveMatch(filter, path, modules[module]!, tagOf(plan.modules[module]!)))
          .map(({ module }) => module);
        root.setAttributes({ hits: 1 }, { only: buildFilter(filter), raiseIfNotFound: false });
        const hit = modules.flatMap((module, i) => ((module as unknown as { hits?: number }).hits === 1 ? [i] : []));
        expect(hit).toEqual(expected.toSorted((a, b) => a - b));
      }),
      RUNS,
    );
  });

  it('divides the Variables among several filters as the first match of a naive evaluation does', () => {
    fc.assert(
      fc.property(anyGraphPlan, anyFilterPlan, anyFilterPlan, (plan, first, second) => {
        const { root, variables } = buildGraph(plan);
        const takes = (of: typeof first) => (entry: { path: readonly (string | number)[]; variable: number }) =>
          naiveMatch(of, entry.path, variables[entry.variable]!, plan.variables[entry.variable]!.tag);
        const all = naiveVariables(plan);
        const wanted = [all.filter(takes(first)), all.filter((entry) => !takes(first)(entry) && takes(second)(entry))];
        const found = [buildFilter(first), buildFilter(second)];
        // What takes everything must stand last.
        fc.pre(found[0] !== true);
        const states = stateOrNone(() => state(root, found[0]!, found[1]!));
        fc.pre(states !== null);
        expect(
          states!.map((each) => variablesIn(each).map(([path, variable]) => ({ path, variable: variables.indexOf(variable) }))),
        ).toEqual(wanted);
      }),
      RUNS,
    );
  });

  it.each<[string, (graph: LiveGraph) => Module]>([
    ['merge(split(m))', ({ root }) => merge(...(split(root) as [GraphDef<Module>, State]))],
    ['merge of the parts of a split, in another order', ({ root }) => mergeInOtherOrder(root)],
    ['mergeCopy(split(m))', ({ root }) => mergeCopy(...(split(root) as [GraphDef<Module>, State]))],
    ['clone(m)', ({ root }) => clone(root)],
  ])('%s has the paths, types, values, tags, duplicates and structure of m, and none of its Modules', (_, copyOf) => {
    fc.assert(
      fc.property(anyGraphPlan, (plan) => {
        const graph = buildGraph(plan);
        const copy = copyOf(graph);
        expect(describeGraph(copy)).toEqual(describeGraph(graph.root));
        expect(findDuplicates(copy)).toEqual(findDuplicates(graph.root));
        expect(graphdef(copy).equals(graphdef(graph.root))).toBe(true);
        expect([...iterModules(copy)].some(([, module]) => graph.modules.includes(module))).toBe(false);
      }),
      RUNS,
    );
  });
});

const tagOf = ({ kind, tag }: { readonly kind: string; readonly tag: string | null }) => (kind === 'list' ? null : tag);

function variablesIn(found: State): [(string | number)[], Variable<number>][] {
  return found.flat().map(([path, leaf]) => [[...path], leaf as unknown as Variable<number>]);
}

/** Filters that select everything, before the last, are refused. */
function stateOrNone<T>(f: () => T): T | null {
  try {
    return f();
  } catch (error) {
    expect((error as Error).message).toMatch(/last filter/);
    return null;
  }
}

function mergeInOtherOrder(root: Module): Module {
  const [def, ...parts] = split(
    root,
    (path) => path.length % 2 === 0,
    (path) => path.length === 1,
    true,
  );
  return merge(def as GraphDef<Module>, ...parts.toReversed());
}

/** Everything that a walk meets: paths, types, values, tags, static settings. */
function describeGraph(root: Module): unknown {
  return [...iterGraph(root)].map(([path, node]) => {
    const type = node instanceof Variable || node instanceof Module ? node.constructor.name : typeof node;
    const held = node instanceof Variable ? [node.value, node.tag] : node instanceof Module ? staticsOf(node) : null;
    return [path.join('/'), type, held];
  });
}

function staticsOf(module: Module): unknown {
  return Object.entries(module)
    .filter(([, value]) => typeof value !== 'object')
    .sort();
}
