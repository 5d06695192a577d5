/** @file Whether code is an instance of a pattern: code with holes, as an emitter writes it from names that stand for anything. */
import { pythonName } from '../../emit/python/names.ts';
import { sameExpression } from '../python/print.ts';
import type { Expr, Named } from '../python/syntax.ts';

/** Names of holes: inputs, arguments, and arguments that may be left out. */
export const HOLE = { input: '__in_', argument: '__arg_', optional: '__opt_' } as const;

export interface Bindings {
  readonly inputs: Map<string, Expr>;
  readonly args: Map<string, Expr>;
}

/** What does not fit: the deepest place found, to be said where nothing else fits. */
export interface Misfit {
  readonly at: Expr;
  readonly reason: string;
}

/** Binds the holes of `pattern` so that it is `code`; else what does not fit. */
export function unify(pattern: Expr, code: Expr, bindings: Bindings): Misfit | undefined {
  const hole = holeOf(pattern);
  if (hole) return bind(hole, code, bindings);
  // A list is as good as a tuple where something is only gone through.
  const isSequence = pattern.kind === 'list' && (code.kind === 'list' || code.kind === 'tuple');
  if (pattern.kind !== code.kind && !isSequence) return misfit(code, `something else was expected here`);
  switch (pattern.kind) {
    case 'call':
      return unifyCall(pattern, code as typeof pattern, bindings);
    case 'attribute':
      return pattern.name === (code as typeof pattern).name
        ? unify(pattern.of, (code as typeof pattern).of, bindings)
        : misfit(code, `.${pattern.name} was expected`);
    case 'index': {
      const { of, index } = code as typeof pattern;
      return unify(pattern.of, of, bindings) ?? unify(pattern.index, index, bindings);
    }
    case 'tuple':
    case 'list':
      return unifyAll(pattern.items, (code as typeof pattern).items, code, bindings);
    case 'unary':
      return pattern.operator === (code as typeof pattern).operator
        ? unify(pattern.of, (code as typeof pattern).of, bindings)
        : misfit(code, `${pattern.operator} was expected`);
    case 'binary': {
      const { operator, left, right } = code as typeof pattern;
      if (operator !== pattern.operator) return misfit(code, `${pattern.operator} was expected`);
      return unify(pattern.left, left, bindings) ?? unify(pattern.right, right, bindings);
    }
    case 'each': {
      const { item, name, in: over } = code as typeof pattern;
      if (name !== pattern.name) return misfit(code, `${pattern.name} was expected`);
      return unify(pattern.item, item, bindings) ?? unify(pattern.in, over, bindings);
    }
    case 'lambda': {
      const { names, body } = code as typeof pattern;
      return names.join(',') === pattern.names.join(',')
        ? unify(pattern.body, body, bindings)
        : misfit(code, 'another function was expected');
    }
    default:
      return sameExpression(pattern, code) ? undefined : misfit(code, 'another value was expected');
  }
}

interface Hole {
  readonly kind: keyof typeof HOLE;
  readonly name: string;
}

/** Also `__in_x[...]`: an input that is no name. */
export function holeOf(pattern: Expr): Hole | undefined {
  if (pattern.kind === 'index' && pattern.index.kind === 'ellipsis') {
    const of = holeOf(pattern.of);
    return of?.kind === 'input' ? of : undefined;
  }
  if (pattern.kind !== 'name' || !pattern.name.startsWith('__')) return undefined;
  for (const [kind, prefix] of Object.entries(HOLE) as [Hole['kind'], string][])
    if (pattern.name.startsWith(prefix)) return { kind, name: pattern.name.slice(prefix.length) };
  return undefined;
}

function bind({ kind, name }: Hole, code: Expr, { inputs, args }: Bindings): Misfit | undefined {
  const bound = kind === 'input' ? inputs : args;
  const before = bound.get(name);
  if (before === undefined) bound.set(name, code);
  else if (!sameExpression(before, code)) return misfit(code, `the same was expected here as before`);
  else if (kind === 'input' && code.kind !== 'name')
    return misfit(code, 'what is written twice would be computed twice: give it a name first');
  return undefined;
}

function unifyAll(patterns: readonly Expr[], codes: readonly Expr[], at: Expr, bindings: Bindings): Misfit | undefined {
  if (patterns.length !== codes.length) return misfit(at, `${patterns.length} values were expected, not ${codes.length}`);
  for (const [i, pattern] of patterns.entries()) {
    const fault = unify(pattern, codes[i]!, bindings);
    if (fault) return fault;
  }
  return undefined;
}

type Call = Extract<Expr, { kind: 'call' }>;

function unifyCall(pattern: Call, code: Call, bindings: Bindings): Misfit | undefined {
  const callee = unify(pattern.of, code.of, bindings);
  if (callee) return callee;
  if (code.args.length > pattern.args.length) {
    return misfit(
      code.args[pattern.args.length]!,
      pattern.args.length === 0
        ? 'arguments are given by name'
        : `only the first ${pattern.args.length} can be given by position, the rest by name`,
    );
  }
  const given = new Map<string, Named>(code.named.map((each) => [each.name, each]));
  for (const [i, part] of pattern.args.entries()) {
    const hole = holeOf(part);
    const word = hole && hole.kind !== 'input' ? pythonName(hole.name) : undefined;
    const value = code.args[i] ?? (word === undefined ? undefined : given.get(word)?.value);
    if (!value) return misfit(code, `${word ?? 'an argument'} is missing`);
    if (i >= code.args.length) given.delete(word!);
    const fault = unify(part, value, bindings);
    if (fault) return fault;
  }
  for (const { name, value } of pattern.named) {
    const found = given.get(name);
    given.delete(name);
    if (!found) {
      if (holeOf(value)?.kind === 'optional') continue;
      return misfit(code, `${name}= is missing`);
    }
    const fault = unify(value, found.value, bindings);
    if (fault) return fault;
  }
  const [unknown] = given.values();
  return unknown
    ? { at: { kind: 'name', name: unknown.name, line: unknown.line }, reason: `there is no argument ${unknown.name}` }
    : undefined;
}

function misfit(at: Expr, reason: string): Misfit {
  return { at, reason };
}
