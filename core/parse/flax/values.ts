/** @file Arguments out of Python expressions, by the kind of the parameter: the way back from `emit/flax/argument.ts`. */
import { parseExpression, printExpression } from '../../document/expression.ts';
import type { Argument } from '../../document/schema.ts';
import { toCamelCase } from '../../nnx/names.ts';
import { findDescriptor } from '../../registry.gen.ts';
import { DTYPES, type ParamKind, type ParamSpec } from '../../spec/index.ts';
import { INITIALIZERS, initializerName } from '../../spec/initializers.ts';
import { printPython } from '../python/print.ts';
import type { Expr } from '../python/syntax.ts';

/** The field that an expression stands for: `width` in a constructor, `self.width` in a call. */
export type FieldOf = (expression: Expr) => string | undefined;

/** The argument; undefined for what this kind of parameter cannot hold. */
export function readArgument(spec: Pick<ParamSpec, 'kind' | 'nullable'>, expression: Expr, fieldOf: FieldOf): Argument | undefined {
  if (expression.kind === 'constant' && expression.value === null) return spec.nullable ? null : undefined;
  return readKind(spec.kind, expression, fieldOf);
}

function readKind(kind: ParamKind, expression: Expr, fieldOf: FieldOf): Argument | undefined {
  switch (kind) {
    case 'int':
      return expression.kind === 'number' && !expression.isFloat ? expression.value : readComputed(expression, fieldOf);
    case 'float':
      return readFloat(expression) ?? readComputed(expression, fieldOf);
    case 'bool':
      return expression.kind === 'constant' && expression.value !== null ? expression.value : readComputed(expression, fieldOf);
    case 'choice':
    case 'text':
      return expression.kind === 'text' ? expression.value : readComputed(expression, fieldOf);
    case 'ints':
    case 'padding':
      if (kind === 'padding' && expression.kind === 'text') return expression.value;
      if (expression.kind === 'tuple' || expression.kind === 'list')
        return readAll(expression.items, (item) => readKind(kind, item, fieldOf));
      return readKind('int', expression, fieldOf);
    case 'dtype': {
      const name = dottedName(expression)
        ?.replace(/^jnp\./, '')
        .replace(/^bool_$/, 'bool');
      return DTYPES.find((each) => each === name);
    }
    case 'activation': {
      const name = dottedName(expression);
      const op = name !== undefined && /^nnx\.\w+$/.test(name) ? toCamelCase(name.slice(4)) : undefined;
      return op !== undefined && findDescriptor(op)?.kind === 'op' ? op : undefined;
    }
    case 'initializer':
      return readInitializer(expression);
  }
}

function readAll(items: readonly Expr[], read: (item: Expr) => Argument | undefined): Argument | undefined {
  const values = items.map(read);
  return values.includes(undefined) ? undefined : (values as readonly Argument[]);
}

/** A number, with what JSON does not have as Python says it. */
export function readFloat(expression: Expr): number | undefined {
  return expression.kind === 'number' ? expression.value : undefined;
}

/** `a.b.c` as text. */
export function dottedName(expression: Expr): string | undefined {
  if (expression.kind === 'name') return expression.name;
  const of = expression.kind === 'attribute' ? dottedName(expression.of) : undefined;
  return of === undefined ? undefined : `${of}.${(expression as Extract<Expr, { kind: 'attribute' }>).name}`;
}

const OPERATORS = new Set(['+', '-', '*', '/', '//', '%', '**']);

/** Sums and products of numbers and fields, as a document holds them. */
export function readComputed(expression: Expr, fieldOf: FieldOf): Argument | undefined {
  const text = computedText(expression, fieldOf);
  const parsed = text === undefined ? undefined : parseExpression(text);
  return parsed?.ok ? { $: printExpression(parsed.value, (name) => name) } : undefined;
}

function computedText(expression: Expr, fieldOf: FieldOf): string | undefined {
  const field = fieldOf(expression);
  if (field !== undefined) return field;
  if (expression.kind === 'number') return expression.value < 0 ? `(${printPython(expression)})` : printPython(expression);
  if (expression.kind === 'unary') {
    const of = computedText(expression.of, fieldOf);
    return of === undefined || expression.operator === '~' ? undefined : `(${expression.operator}${of})`;
  }
  if (expression.kind !== 'binary' || !OPERATORS.has(expression.operator)) return undefined;
  const [left, right] = [computedText(expression.left, fieldOf), computedText(expression.right, fieldOf)];
  return left === undefined || right === undefined ? undefined : `(${left} ${expression.operator} ${right})`;
}

const PLAIN: ReadonlyMap<string, string> = new Map([
  ['zeros_init', 'zeros'],
  ['ones_init', 'ones'],
]);

function readInitializer(expression: Expr): Argument | undefined {
  if (expression.kind !== 'call' || expression.args.length > 0) return undefined;
  const name = dottedName(expression.of);
  if (name === undefined || !/^nnx\.initializers\.\w+$/.test(name)) return undefined;
  const word = name.slice('nnx.initializers.'.length);
  const known = initializerName(PLAIN.get(word) ?? toCamelCase(word));
  if (known === undefined) return undefined;
  if (expression.named.length === 0) return known;
  const { params } = INITIALIZERS[known]!;
  const given: Record<string, Argument> = { name: known };
  for (const { name: key, value } of expression.named) {
    const own = toCamelCase(key);
    const argument = Object.hasOwn(params, own) ? readArgument(params[own]!, value, () => undefined) : undefined;
    if (argument === undefined) return undefined;
    given[own] = argument;
  }
  return given as Argument;
}
