import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bag, Drop } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { All, Any, Everything, type Filter, Not, Nothing, OfType, PathContains, PathIn, toPredicate, WithTag } from './filter.ts';
import { iterModules, Module } from './module.ts';
import type { Path } from './path.ts';
import { RngCount, RngKey, Rngs } from './rngs.ts';
import { split, state } from './split.ts';
import { filterState, splitState } from './state-functions.ts';
import { State } from './state.ts';
import { BatchStat, Param, type Variable } from './variable.ts';

const matches = (filter: Filter, path: Path = [], value: unknown = null) => toPredicate(filter)(path, value);
const variable = () => new Param<number>(1) as unknown as Variable;

describe('filters', () => {
  it('FLT-001 a text matches the tag of Variables, streams and Modules', () => {
    const { dropout } = new Rngs({ dropout: 0 });
    for (const value of [dropout, dropout.key, dropout.count, new Bag({ tag: 'dropout' }), new Param(1, { tag: 'dropout' })])
      expect(matches('dropout', [], value)).toBe(true);
    for (const value of [new Bag({ tag: 'x' }), new Bag(), new Param(1), 5, null, 'dropout'])
      expect(matches('dropout', [], value)).toBe(false);
  });

  it('FLT-002 TSD-007 a class matches its instances and those of subclasses', () => {
    expect(matches(Bag, [], new Bag())).toBe(true);
    expect(matches(Module, [], new Drop())).toBe(true);
    expect(matches(Drop, [], new Bag())).toBe(false);
  });

  it('FLT-003 FLT-005 TSD-008 true matches everything', () => expect(matches(true)).toBe(true));
  it('FLT-004 false matches nothing', () => expect(matches(false)).toBe(false));
  it('FLT-006 null matches nothing', () => expect(matches(null)).toBe(false));

  it('FLT-007 a predicate’s result counts for its truth', () => {
    expect(matches((path) => path.length, ['a'])).toBe(true);
    expect(matches((path) => path.length, [])).toBe(false);
    expect(matches((_path, value) => value === 5, [], 5)).toBe(true);
  });

  it('FLT-008 an array matches what any member matches; empty matches nothing', () => {
    expect(matches([Drop, Bag], [], new Bag())).toBe(true);
    expect(matches([], [], new Bag())).toBe(false);
  });

  it('FLT-002 takes a class that was compiled to a function, such as TensorFlow.js’s Tensor', () => {
    const x = tf.scalar(1);
    expect([x, 1].map((value) => matches(tf.Tensor, [], value))).toEqual([true, false]);
    x.dispose();
  });

  it('FLT-009 FLT-010 OfType and WithTag do what a class and a text do', () => {
    expect(matches(new OfType(Bag), [], new Bag())).toBe(true);
    expect(matches(new WithTag('t'), [], new Bag({ tag: 't' }))).toBe(true);
  });

  it('FLT-011 PathContains matches whole parts, and 0 is not the text 0', () => {
    expect(matches(new PathContains('layers'), ['layers', 0])).toBe(true);
    expect(matches(new PathContains('ayer'), ['layers', 0])).toBe(false);
    expect(matches(new PathContains(0), ['layers', 0])).toBe(true);
    expect(matches(new PathContains('0'), ['layers', 0])).toBe(false);
    expect(matches(new PathContains(0), ['layers', '0'])).toBe(false);
  });

  it('FLT-012 PathContains with exact: false matches parts of texts; the empty text every path but the root’s', () => {
    const loose = (key: string | number, path: Path) => matches(new PathContains(key, { exact: false }), path);
    expect(loose('0', ['a', 10])).toBe(true);
    expect(loose(0, ['a', 10])).toBe(true);
    expect(loose('ayer', ['layers'])).toBe(true);
    expect(loose('', ['a'])).toBe(true);
    expect(loose('', [])).toBe(false);
  });

  it('FLT-013 PathIn matches whole paths only', () => {
    expect(matches(new PathIn(['a', 0], ['b']), ['a', 0])).toBe(true);
    expect(matches(new PathIn(['a', 0]), ['a'])).toBe(false);
    expect(matches(new PathIn(['a', 0]), ['a', '0'])).toBe(false);
    expect(matches(new PathIn([]), [])).toBe(true);
    expect(matches(new PathIn(), [])).toBe(false);
  });

  it('FLT-014 FLT-015 FLT-016 Any of nothing is false, All of nothing is true, Not turns round', () => {
    expect(matches(new Any())).toBe(false);
    expect(matches(new All())).toBe(true);
    expect(matches(new Any(Drop, 't'), [], new Bag({ tag: 't' }))).toBe(true);
    expect(matches(new All(Bag, 't'), [], new Bag())).toBe(false);
    expect(matches(new Not(Bag), [], new Bag())).toBe(false);
  });

  it.each([5, 3.2, 0, 1, { a: 1 }, new Set([1]), undefined])('FLT-017 BUG-08 refuses %s as a filter', (filter) => {
    expect(() => toPredicate(filter as unknown as Filter)).toThrow(/^Invalid collection filter: /);
    expect(() => toPredicate([filter as unknown as Filter])).toThrow(TypeError);
  });

  it('FLT-018 filters of the same kind and contents are equal', () => {
    const pairs = [
      () => new OfType(Bag),
      () => new WithTag('a'),
      () => new PathContains('a', { exact: false }),
      () => new PathIn(['a'], ['b', 0]),
      () => new Any(Bag, 'x'),
      () => new All('x', new Not(true)),
      () => new Everything(),
      () => new Nothing(),
    ];
    for (const make of pairs) for (const other of pairs) expect(make().equals(other())).toBe(make === other);
    expect(new PathIn(['a'], ['b']).equals(new PathIn(['b'], ['a']))).toBe(true);
    expect(new PathIn(['a']).equals(new PathIn(['a'], ['b']))).toBe(false);
    expect(new Any('a', 'b').equals(new Any('b', 'a'))).toBe(false);
  });

  it('FLT-019 prints as Flax does', () => {
    const filter = new All(new OfType(Drop), new Not(new PathContains('a')), new PathIn(['a'], ['b', 0]), 'x', [true, false]);
    expect(String(filter)).toBe(
      "All(OfType(Dropout), Not(PathContains('a', exact=True)), PathIn(('a',),('b', 0)), WithTag('x'), Any(Everything(), Nothing()))",
    );
  });

  it('FLT-020 in a split the first match wins, and what takes everything stands last', () => {
    const source = State.fromFlat([
      [['a'], variable()],
      [['b'], new BatchStat(1) as unknown as Variable],
    ]);
    const [params, rest] = splitState(source, Param, true, true);
    expect([[...params!.keys()], [...rest!.keys()]]).toEqual([['a'], ['b']]);
    expect(() => splitState(source, true, Param)).toThrow(/`\.\.\.` or `True` can only be used as the last filters, got true at index 0/);
  });

  it('FLT-021 in setAttributes the order of filters does not matter', () => {
    const model = new Bag({ flag: false });
    model.setAttributes({ flag: true }, { only: [true, Drop] });
    expect(model['flag']).toBe(true);
  });

  it('FLT-022 split and splitState refuse leftovers; state and filterState drop them', () => {
    const model = new Bag({ a: variable(), b: new BatchStat(1) });
    expect(() => split(model, Param)).toThrow(/^Non-exhaustive filters, got a non-empty remainder: 'b'/);
    expect(() => splitState(state(model), Param)).toThrow(/^Non-exhaustive filters/);
    expect([...state(model, Param).keys()]).toEqual(['a']);
    expect([...filterState(state(model), Param).keys()]).toEqual(['a']);
  });

  it('tells keys and counts of streams apart', () => {
    const rngs = new Rngs(0);
    expect(state(rngs, RngKey).flat().length).toBe(1);
    expect(state(rngs, RngCount).flat().length).toBe(1);
  });
});

// A filter in words, and what it means by the plainest evaluation that one can write.
type Plan =
  | { op: 'bag' | 'drop' | 'true' | 'false' | 'null' }
  | { op: 'tag'; tag: string }
  | { op: 'contains'; key: string | number; exact: boolean }
  | { op: 'in'; paths: Path[] }
  | { op: 'not'; of: Plan }
  | { op: 'any' | 'all' | 'array'; of: Plan[] };

const names = ['a', 'b', 'ab', 'c'];
const part = fc.oneof(fc.constantFrom(...names), fc.nat(2));
const leafPlan: fc.Arbitrary<Plan> = fc.oneof(
  fc.constantFrom<Plan>({ op: 'bag' }, { op: 'drop' }, { op: 'true' }, { op: 'false' }, { op: 'null' }),
  fc.constantFrom('t', 'u').map((tag): Plan => ({ op: 'tag', tag })),
  fc.tuple(part, fc.boolean()).map(([key, exact]): Plan => ({ op: 'contains', key, exact })),
  fc.array(fc.array(part, { maxLength: 3 }), { maxLength: 3 }).map((paths): Plan => ({ op: 'in', paths })),
);
const { plan: anyPlan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leafPlan,
    tie('plan').map((of): Plan => ({ op: 'not', of })),
    fc
      .tuple(fc.constantFrom('any' as const, 'all' as const, 'array' as const), fc.array(tie('plan'), { maxLength: 3 }))
      .map(([op, of]): Plan => ({ op, of })),
  ),
}));

function build(plan: Plan): Filter {
  switch (plan.op) {
    case 'bag':
      return Bag;
    case 'drop':
      return Drop;
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    case 'tag':
      return plan.tag;
    case 'contains':
      return new PathContains(plan.key, { exact: plan.exact });
    case 'in':
      return new PathIn(...plan.paths);
    case 'not':
      return new Not(build(plan.of));
    case 'any':
      return new Any(...plan.of.map(build));
    case 'all':
      return new All(...plan.of.map(build));
    case 'array':
      return plan.of.map(build);
  }
}

function means(plan: Plan, path: Path, value: Module): boolean {
  switch (plan.op) {
    case 'bag':
      return value.constructor === Bag;
    case 'drop':
      return value.constructor === Drop;
    case 'true':
      return true;
    case 'false':
    case 'null':
      return false;
    case 'tag':
      return (value as unknown as { tag?: string }).tag === plan.tag;
    case 'contains': {
      let found = false;
      for (const step of path) if (plan.exact ? step === plan.key : `${step}`.indexOf(`${plan.key}`) >= 0) found = true;
      return found;
    }
    case 'in': {
      let found = false;
      for (const known of plan.paths) if (known.length === path.length && known.every((step, i) => step === path[i])) found = true;
      return found;
    }
    case 'not':
      return !means(plan.of, path, value);
    case 'any':
    case 'array':
      return plan.of.map((of) => means(of, path, value)).includes(true);
    case 'all':
      return !plan.of.map((of) => means(of, path, value)).includes(false);
  }
}

/** Random graphs: every Module may point to any other, so that there is sharing and there are cycles. */
const anyGraph = fc
  .array(
    fc.record({
      isDrop: fc.boolean(),
      tag: fc.option(fc.constantFrom('t', 'u')),
      children: fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(20)), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((specs) => {
    const modules = specs.map(({ isDrop, tag }) =>
      Object.assign(isDrop ? new Drop() : new Bag(), { hits: 0 }, tag === null ? {} : { tag }),
    );
    specs.forEach(({ children }, i) => {
      for (const [name, target] of children) Object.assign(modules[i]!, { [name]: modules[target % modules.length] });
    });
    return modules[0]!;
  });

describe('filters on random graphs with sharing and cycles', () => {
  it('select in setAttributes exactly what a naive evaluation selects', () => {
    fc.assert(
      fc.property(anyGraph, anyPlan, (root, plan) => {
        const expected = [...iterModules(root)].filter(([path, module]) => means(plan, path, module)).map(([, module]) => module);
        root.setAttributes({ hits: 1 }, { only: build(plan), raiseIfNotFound: false });
        const hit = [...iterModules(root)]
          .map(([, module]) => module)
          .filter((module) => (module as unknown as { hits: number }).hits === 1);
        expect(hit).toEqual(expected);
        root.setAttributes({ hits: 0 });
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('walk every reachable Module exactly once, in the order of a naive recursion', () => {
    fc.assert(
      fc.property(anyGraph, (root) => {
        const seen = new Set<unknown>();
        const expected: string[] = [];
        const visit = (module: Module, path: Path): void => {
          if (seen.has(module)) return;
          seen.add(module);
          for (const [name, child] of Object.entries(module).sort(([a], [b]) => (a < b ? -1 : 1)))
            if (child instanceof Module) visit(child, [...path, name]);
          expected.push(path.join('/'));
        };
        visit(root, []);
        expect([...iterModules(root)].map(([path]) => path.join('/'))).toEqual(expected);
      }),
      { numRuns: 300, seed: 8 },
    );
  });
});
