/** @file From what a document gives as arguments to values: expressions are evaluated over the fields of the class. */
import { isExpression } from '../document/arguments.ts';
import { evaluateExpression, expressionNames, parseExpression, type ExpressionValue } from '../document/expression.ts';
import type { Argument, Arguments, Field, JsonValue } from '../document/schema.ts';
import { remove, toDefault, type Args, type Mend, type ParamSpecs, type ParamValue, type Rejection } from '../spec/index.ts';
import { namingMends, wholeDivision } from './expression-mends.ts';
import type { Scope } from './instance.ts';

export interface EvaluatedArgs {
  /** What is known; an argument over a field without a value is missing here and in `problems`. */
  readonly args: Args;
  readonly problems: readonly Rejection[];
  /** Names of arguments that were given but hang on a field without a value. */
  readonly unknown: readonly string[];
}

type Outcome =
  | { readonly kind: 'value'; readonly value: ParamValue; /** An expression gave a Python float. */ readonly isFloat: boolean }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'fault'; readonly text: string; readonly expected: string; readonly got: string; readonly fix: string };

/** Evaluates one argument. `fields` says which names exist, `scope` which of them have a value. */
export function evaluateArgument(argument: Argument, scope: Scope, fields: readonly Field[]): Outcome {
  if (isExpression(argument)) return evaluateText(argument.$, scope, fields);
  if (Array.isArray(argument)) {
    const items = argument.map((item: Argument) => evaluateArgument(item, scope, fields));
    const bad = items.find((item) => item.kind !== 'value');
    if (bad) return bad;
    const values = items.filter((item) => item.kind === 'value');
    return { kind: 'value', value: values.map((item) => item.value), isFloat: values.some((item) => item.isFloat) };
  }
  if (typeof argument === 'object' && argument !== null) {
    const entries: [string, ParamValue][] = [];
    for (const [key, item] of Object.entries(argument as Readonly<Record<string, Argument>>)) {
      const outcome = evaluateArgument(item, scope, fields);
      if (outcome.kind !== 'value') return outcome;
      entries.push([key, outcome.value]);
    }
    return { kind: 'value', value: Object.fromEntries(entries), isFloat: false };
  }
  return { kind: 'value', value: argument as ParamValue, isFloat: false };
}

function evaluateText(text: string, scope: Scope, fields: readonly Field[]): Outcome {
  const result = evaluateExpression(text, scope);
  if (result.ok) return { kind: 'value', value: result.value.value, isFloat: result.value.type === 'float' };
  // A field that exists but has no value is reported where the value should have been given.
  const names = expressionNames(text);
  const isReadable = parseExpression(text).ok && names.every((name) => fields.some((field) => field.name === name));
  if (isReadable && names.some((name) => !Object.hasOwn(scope, name))) return { kind: 'unknown' };
  const { expected, got, fix, column } = result.error;
  return { kind: 'fault', text, expected: `${expected} (column ${column} of "${text}")`, got, fix };
}

/** Evaluates the arguments of a layer or an op. */
export function evaluateArgs(given: Arguments, params: ParamSpecs, scope: Scope, fields: readonly Field[]): EvaluatedArgs {
  const args: Record<string, ParamValue> = {};
  const problems: Rejection[] = [];
  const unknown: string[] = [];
  for (const [param, argument] of Object.entries(given)) {
    const outcome = evaluateArgument(argument, scope, fields);
    if (outcome.kind === 'unknown') unknown.push(param);
    else if (outcome.kind === 'fault') {
      const { text, expected, got, fix } = outcome;
      const mends = namingMends(param, argument, text, fields, Object.hasOwn(params, param) ? params[param] : undefined);
      problems.push({ code: 'param/expression', param, expected, got, fix, mends });
    } else {
      const kind = Object.hasOwn(params, param) ? params[param]!.kind : undefined;
      if (outcome.isFloat && (kind === 'int' || kind === 'ints'))
        problems.push(floatForInt(param, outcome.value, wholeDivision(param, argument, scope)));
      else args[param] = outcome.value;
    }
  }
  return { args, problems, unknown };
}

function floatForInt(param: string, value: ParamValue, mends: readonly Mend[]): Rejection {
  return {
    code: 'param/kind',
    param,
    expected: 'an integer',
    got: `${JSON.stringify(value)} as a float, which Python makes of / and of float fields`,
    fix: 'Divide with // instead of /.',
    mends,
  };
}

/** What Python would call a value of this field's type; undefined if it is none. */
function asFieldValue(type: Field['type'], value: ParamValue | JsonValue): ExpressionValue | undefined {
  if (type === 'int') return Number.isSafeInteger(value) ? { type, value: value as number } : undefined;
  if (type === 'float') return typeof value === 'number' && Number.isFinite(value) ? { type, value } : undefined;
  if (type === 'bool') return typeof value === 'boolean' ? { type, value } : undefined;
  return typeof value === 'string' ? { type, value } : undefined;
}

const NOUNS = { int: 'an integer', float: 'a number', bool: 'true or false', text: 'a text' } as const;

/**
 * The values of a class's fields from the arguments that its user gives. `parent` is the scope of the user; missing
 * values, values of the wrong type and names that are no field are problems, each with the field as `param`.
 */
export function evaluateFields(
  fields: readonly Field[],
  given: Arguments,
  parent: { readonly scope: Scope; readonly fields: readonly Field[] },
): { readonly scope: Scope; readonly problems: readonly Rejection[] } {
  const scope: Record<string, ExpressionValue> = {};
  const problems: Rejection[] = [];
  for (const field of fields) {
    const { name, type } = field;
    const argument = Object.hasOwn(given, name) ? given[name] : field.default;
    if (argument === undefined) {
      problems.push({
        code: 'field/missing',
        param: name,
        expected: `a value for ${name}`,
        got: 'none',
        fix: `Set ${name}, or give the field a default.`,
        mends: parent.fields.some((each) => each.name === name && each.type === type)
          ? [{ kind: 'set', label: `Set ${name} to ${name}`, args: { [name]: { $: name } } }]
          : [],
      });
      continue;
    }
    const outcome = evaluateArgument(argument, parent.scope, parent.fields);
    if (outcome.kind === 'unknown') continue;
    if (outcome.kind === 'fault') {
      const { text, expected, got, fix } = outcome;
      const mends = namingMends(name, argument, text, parent.fields);
      problems.push({ code: 'param/expression', param: name, expected, got, fix, mends });
      continue;
    }
    if (type === 'int' && outcome.isFloat) {
      problems.push(floatForInt(name, outcome.value, wholeDivision(name, argument, parent.scope)));
      continue;
    }
    const value = asFieldValue(type, outcome.value);
    if (value) scope[name] = value;
    else
      problems.push({
        code: 'field/type',
        param: name,
        expected: NOUNS[type],
        got: JSON.stringify(outcome.value),
        fix: `Set ${name} to ${NOUNS[type]}.`,
        mends:
          field.default === undefined || !Object.hasOwn(given, name) || !asFieldValue(type, field.default)
            ? []
            : [toDefault(name, field.default)],
      });
  }
  for (const name of Object.keys(given)) {
    if (fields.some((field) => field.name === name)) continue;
    const expected = fields.length === 0 ? 'no arguments' : `arguments among ${fields.map((field) => field.name).join(', ')}`;
    problems.push({
      code: 'param/unknown',
      param: name,
      expected,
      got: name,
      fix: `Remove ${name}, or add it as a field.`,
      mends: [remove(name)],
    });
  }
  return { scope, problems };
}

/** The scope that defaults alone give: for a class that nothing uses yet. */
export function defaultScope(fields: readonly Field[]): Scope {
  return evaluateFields(
    fields.filter((field) => field.default !== undefined),
    {},
    { scope: {}, fields: [] },
  ).scope;
}

/** Field values as plain arguments. */
export function scopeArgs(scope: Scope): Args {
  return Object.fromEntries(Object.entries(scope).map(([name, { value }]) => [name, value]));
}
