/**
 * @file The way back through an emitter: which arguments and which inputs make it write this code. The emitter itself is asked, with names for
 * what is not known; where it decides by a value, the values that stand in the code are tried. So there is no second table of types, and what is
 * found is what would be written again.
 */
import { isExpression } from '../../document/arguments.ts';
import { evaluateExpression, type ExpressionValue } from '../../document/expression.ts';
import type { Argument, Arguments } from '../../document/schema.ts';
import { writeArgument } from '../../emit/flax/argument.ts';
import { pythonName } from '../../emit/python/names.ts';
import { checkArg, fillDefaults } from '../../spec/args.ts';
import { DTYPES, type Args, type EmitContext, type ParamSpec, type ParamSpecs, type ParamValue } from '../../spec/index.ts';
import { parsePythonExpression } from '../python/parser.ts';
import { printIndices, printPython } from '../python/print.ts';
import type { Expr } from '../python/syntax.ts';
import { HOLE, unify, type Misfit } from './unify.ts';
import { readArgument, type FieldOf } from './values.ts';

export interface Subject {
  readonly params: ParamSpecs;
  /** Writes the code with these inputs. */
  readonly emit: (inputs: Readonly<Record<string, string>>, context: EmitContext) => string;
  /** The ports under arguments, with those that may be open. */
  readonly ports: (args: Args) => Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly usesRngs: boolean;
}

export interface Inverted {
  readonly ok: true;
  /** Only what is no default. */
  readonly args: Arguments;
  /** By port. */
  readonly inputs: ReadonlyMap<string, Expr>;
  /** How many of the inputs are more than a name or a number: what is left to be understood. */
  readonly left: number;
}
export type Inversion = Inverted | ({ readonly ok: false } & Misfit);

export interface Surroundings {
  readonly fieldOf: FieldOf;
  /** The source of a field, as `fieldOf` reads it. */
  readonly field: (name: string) => string;
  /** Values of the fields, to decide by: the defaults, or any. */
  readonly scope: Readonly<Record<string, ExpressionValue>>;
  /** What says whether a capture runs. */
  readonly captured?: string | undefined;
}

/** A value was asked for that is not chosen yet. */
class Undecided extends Error {
  constructor(readonly param: string) {
    super(param);
  }
}

const MAX_TRIES = 1500;

export function invert(subject: Subject, code: Expr, surroundings: Surroundings): Inversion {
  return new Search(subject, code, surroundings).run();
}

class Search {
  private tries = 0;
  private deepest: Misfit;
  private readonly literals: readonly Expr[];
  private readonly widest: number;

  constructor(
    private readonly subject: Subject,
    private readonly code: Expr,
    private readonly surroundings: Surroundings,
  ) {
    this.deepest = { at: code, reason: 'this is not understood' };
    this.literals = [...subexpressions(code)];
    this.widest = Math.max(1, ...this.literals.map(widthOf));
  }

  run(): Inversion {
    return this.search(new Map()) ?? { ok: false, ...this.deepest };
  }

  private search(decided: ReadonlyMap<string, Argument>): Inverted | undefined {
    if (++this.tries > MAX_TRIES) return undefined;
    let best: Inverted | undefined;
    try {
      return this.attempt(decided);
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      const spec = this.subject.params[error.param];
      for (const candidate of spec ? this.candidates(error.param, spec) : []) {
        const found = this.search(new Map([...decided, [error.param, candidate]]));
        if (found?.left === 0) return found;
        best = better(best, found);
      }
      return best;
    }
  }

  private attempt(decided: ReadonlyMap<string, Argument>): Inverted | undefined {
    let best: Inverted | undefined;
    for (const [pattern, ports] of this.written(decided)) {
      best = better(best, this.fit(pattern, decided, ports));
      if (best?.left === 0) break;
    }
    return best;
  }

  patterns(decided: ReadonlyMap<string, Argument>): readonly Expr[] {
    try {
      return [...this.written(decided)].map(([pattern]) => pattern);
    } catch (error) {
      if (error instanceof Undecided) return [];
      throw error;
    }
  }

  /** What the emitter writes under these arguments, with the ports that it was given. */
  private *written(decided: ReadonlyMap<string, Argument>): Generator<readonly [Expr, readonly string[]]> {
    const { subject } = this;
    const args = lookingAt(subject.params, decided, (argument) => this.evaluate(argument));
    for (const ports of portChoices(subject.ports(args))) {
      // Some emitters write a name differently from what is no name.
      for (const form of ports.length === 0 ? [''] : ['', '[...]']) {
        const holes = Object.fromEntries(ports.map((port) => [port, `${HOLE.input}${port}${form}`]));
        const pattern = patternOf(subject.emit(holes, this.context(args, decided)));
        if (pattern) yield [pattern, ports];
      }
    }
  }

  private fit(pattern: Expr, decided: ReadonlyMap<string, Argument>, ports: readonly string[]): Inverted | undefined {
    const { params } = this.subject;
    const bindings = { inputs: new Map<string, Expr>(), args: new Map<string, Expr>() };
    const fault = unify(pattern, this.code, bindings);
    if (fault) {
      this.note(fault);
      return undefined;
    }
    // Code is never the whole of its own input.
    if (!ports.every((port) => bindings.inputs.has(port) && bindings.inputs.get(port) !== this.code)) return undefined;
    const args: Record<string, Argument> = {};
    for (const [name, value] of decided) if (!isDefault(params[name]!, value)) args[name] = value;
    for (const [name, expression] of bindings.args) {
      const value = readArgument(params[name]!, expression, this.surroundings.fieldOf);
      if (value === undefined) {
        this.note({ at: expression, reason: `${pythonName(name)} cannot be ${printPython(expression)}` });
        return undefined;
      }
      if (decided.has(name) && JSON.stringify(decided.get(name)) !== JSON.stringify(value)) return undefined;
      if (!isDefault(params[name]!, value)) args[name] = value;
    }
    const left = [...bindings.inputs.values()].filter(({ kind }) => kind !== 'name' && kind !== 'number').length;
    return { ok: true, args, inputs: bindings.inputs, left };
  }

  private note(fault: Misfit): void {
    // What was found inside of the code says more than that it is another code altogether.
    if (this.deepest.at === this.code) this.deepest = fault;
  }

  private evaluate(argument: Argument): ParamValue {
    if (isExpression(argument)) {
      const value = evaluateExpression(argument.$, this.surroundings.scope);
      return value.ok ? value.value.value : 2;
    }
    if (Array.isArray(argument)) return argument.map((item: Argument) => this.evaluate(item));
    return argument as ParamValue;
  }

  private context(args: Args, decided: ReadonlyMap<string, Argument>): EmitContext {
    const { subject, surroundings } = this;
    const { params } = subject;
    const literal = (name: string) => writeArgument(params[name]!.kind, decided.get(name)!, { use: () => {}, field: surroundings.field });
    const source = (name: string) => (decided.has(name) ? literal(name) : `${HOLE.argument}${name}`);
    return {
      args,
      source,
      use: () => {},
      captured: () => surroundings.captured ?? '__captured',
      kwargs: ({ positional = [], drop = [], rename = {} } = {}) => {
        const named = Object.keys(params).filter((name) => !positional.includes(name) && !drop.includes(name));
        return [
          ...positional.map(source),
          ...named.flatMap((name) => {
            const word = rename[name] ?? pythonName(name);
            // A default may be written out all the same.
            const isOpen = !decided.has(name) || isDefault(params[name]!, decided.get(name)!);
            return [`${word}=${isOpen ? `${HOLE.optional}${name}` : literal(name)}`];
          }),
          ...(subject.usesRngs ? ['rngs=rngs'] : []),
        ].join(', ');
      },
    };
  }

  /** What a parameter may be by which the emitter decides: its default, what its kind allows, and what stands in the code. */
  private candidates(name: string, spec: ParamSpec): readonly Argument[] {
    const { params } = this.subject;
    const all: Argument[] = spec.default === undefined ? [] : [spec.default as Argument];
    if (spec.kind === 'bool') all.push(true, false);
    if (spec.kind === 'dtype') all.push(...DTYPES);
    if (spec.choices) all.push(...spec.choices);
    if (spec.kind === 'int' && spec.unit === undefined) for (let count = 1; count <= this.widest; count++) all.push(count);
    for (const literal of this.literals) {
      const value = readArgument(spec, literal, this.surroundings.fieldOf);
      if (value !== undefined) all.push(value);
      if (spec.kind === 'text' && literal.kind === 'index') all.push(printIndices(literal.index));
    }
    if (spec.kind === 'ints') all.push(...factorsIn(this.literals));
    const seen = new Set<string>();
    return all.filter((value) => {
      const key = JSON.stringify(value);
      if (seen.has(key)) return false;
      seen.add(key);
      return isExpression(value) || checkArg(name, params[name]!, this.evaluate(value)) === undefined;
    });
  }
}

function better(best: Inverted | undefined, found: Inverted | undefined): Inverted | undefined {
  return !best || (found && found.left < best.left) ? (found ?? best) : best;
}

function isDefault(spec: ParamSpec, value: Argument): boolean {
  return JSON.stringify(value) === JSON.stringify(spec.default ?? null);
}

/** Arguments that say which of them are looked at before they are chosen. */
function lookingAt(params: ParamSpecs, decided: ReadonlyMap<string, Argument>, evaluate: (argument: Argument) => ParamValue): Args {
  const blank = fillDefaults(params, {});
  return new Proxy<Record<string, ParamValue>>(Object.fromEntries(Object.keys(params).map((name) => [name, blank[name] ?? null])), {
    get: (_, name) => {
      if (typeof name !== 'string' || !Object.hasOwn(params, name)) return undefined;
      if (!decided.has(name)) throw new Undecided(name);
      return evaluate(decided.get(name)!);
    },
  });
}

/** All ports, then without those that may be open: fewest left out first. */
function portChoices(ports: Readonly<Record<string, { readonly optional?: boolean }>>): readonly (readonly string[])[] {
  const names = Object.keys(ports);
  const optional = names.filter((name) => ports[name]!.optional === true).slice(0, 4);
  const choices = Array.from({ length: 2 ** optional.length }, (_, bits) =>
    names.filter((name) => !optional.includes(name) || (bits & (1 << optional.indexOf(name))) !== 0),
  );
  return choices.sort((a, b) => a.length - b.length);
}

const patterns = new Map<string, Expr | null>();
const MAX_PATTERNS = 20_000;

function patternOf(source: string): Expr | null {
  let pattern = patterns.get(source);
  if (pattern === undefined) {
    if (patterns.size > MAX_PATTERNS) patterns.clear();
    try {
      pattern = parsePythonExpression(source);
    } catch {
      pattern = null;
    }
    patterns.set(source, pattern);
  }
  return pattern;
}

function* subexpressions(expression: Expr): Generator<Expr> {
  yield expression;
  for (const part of partsOf(expression)) yield* subexpressions(part);
}

function partsOf(expression: Expr): readonly Expr[] {
  switch (expression.kind) {
    case 'tuple':
    case 'list':
      return expression.items;
    case 'attribute':
    case 'unary':
      return [expression.of];
    case 'index':
      return [expression.of, expression.index];
    case 'call':
      return [expression.of, ...expression.args, ...expression.named.map(({ value }) => value)];
    case 'binary':
      return [expression.left, expression.right];
    case 'each':
      return [expression.item, expression.in];
    case 'lambda':
      return [expression.body];
    default:
      return [];
  }
}

function widthOf(expression: Expr): number {
  return expression.kind === 'tuple' || expression.kind === 'list'
    ? expression.items.length
    : expression.kind === 'call'
      ? expression.args.length
      : 1;
}

/** Factors that stand one by one: `x.repeat(2, axis=1).repeat(3, axis=2)`, and `2 * x.shape[1], 3 * x.shape[2]`. */
function factorsIn(expressions: readonly Expr[]): readonly Argument[] {
  const along: number[] = [];
  const factors: number[] = [];
  for (const each of expressions) {
    if (each.kind === 'binary' && each.operator === '*' && each.left.kind === 'number') factors.push(each.left.value);
    const axis = each.kind === 'call' ? each.named.find(({ name }) => name === 'axis')?.value : undefined;
    const [first] = each.kind === 'call' ? each.args : [];
    if (axis?.kind === 'number' && first?.kind === 'number' && axis.value >= 1 && axis.value <= 3) along[axis.value - 1] = first.value;
  }
  const repeated = Array.from(along, (factor: number | undefined) => factor ?? 1);
  // The axes behind the last that grows leave no trace.
  const padded = repeated.length === 0 ? [] : [repeated, [...repeated, 1], [...repeated, 1, 1]];
  return [...padded, ...(factors.length === 0 ? [] : [factors])];
}

/** What the emitter writes under complete arguments, for each form that an input may have. */
export function headPatterns(subject: Subject, args: Args): readonly Expr[] {
  const anything: Expr = { kind: 'ellipsis', line: 1 };
  const surroundings = { fieldOf: () => undefined, field: (name: string) => name, scope: {} };
  const decided = new Map(Object.entries(args) as [string, Argument][]);
  return new Search(subject, anything, surroundings).patterns(decided);
}
