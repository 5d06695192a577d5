/** @file Values as Python source, by the kind of the parameter that holds them. */
import { isExpression } from '../document/arguments.ts';
import { mapExpressionNames } from '../document/expression.ts';
import type { Argument } from '../document/schema.ts';
import { toSnakeCase } from '../nnx/names.ts';
import type { ParamKind, ParamValue } from '../spec/index.ts';

export const JNP = 'import jax.numpy as jnp';

/** What a literal may need besides itself. */
export interface LiteralContext {
  /** Asks for an import line. */
  use(line: string): void;
  /** The source of a field that an expression names: `width` in a constructor, `self.width` in a call. */
  field(name: string): string;
}

/** A parameter's value, or an expression over fields, as Python writes it. */
export function writeArgument(kind: ParamKind, argument: Argument, context: LiteralContext): string {
  if (isExpression(argument)) return mapExpressionNames(argument.$, context.field);
  switch (kind) {
    case 'float':
      return typeof argument === 'number' ? writeFloat(argument) : writePlain(argument as ParamValue);
    case 'dtype':
      if (typeof argument !== 'string') break;
      context.use(JNP);
      return `jnp.${argument === 'bool' ? 'bool_' : argument}`;
    case 'initializer':
      return writeInitializer(argument);
    case 'activation':
      return typeof argument === 'string' ? `nnx.${toSnakeCase(argument)}` : writePlain(argument as ParamValue);
    case 'ints':
    case 'padding':
      return Array.isArray(argument)
        ? writeTuple(argument.map((item: Argument) => writeArgument(kind, item, context)))
        : writePlain(argument as ParamValue);
    case 'int':
    case 'bool':
    case 'choice':
    case 'text':
      break;
  }
  return writePlain(argument as ParamValue);
}

/** JSON as Python; lists become tuples, which can be hashed as Flax wants static attributes to be. */
export function writePlain(value: ParamValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? writeInteger(value) : writeFloat(value);
  if (typeof value === 'string') return writeText(value);
  if (Array.isArray(value)) return writeTuple(value.map((item: ParamValue) => writePlain(item)));
  return `{${Object.entries(value)
    .map(([key, item]) => `${writeText(key)}: ${writePlain(item as ParamValue)}`)
    .join(', ')}}`;
}

/** A text in single quotes. */
export function writeText(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`);
  return `'${inner}'`;
}

/** A number that Python takes as a float: `1.0`, `1e-05`. */
export function writeFloat(value: number): string {
  if (!Number.isFinite(value)) return `float('${value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan'}')`;
  const text = String(value);
  return /[.e]/.test(text) ? text.replace('e+', 'e') : `${text}.0`;
}

function writeInteger(value: number): string {
  // JavaScript writes large integers as 1e+21, which Python would read as a float.
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}

export function writeTuple(items: readonly string[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

/** Names of ours that are functions in Flax, not makers of functions. */
const PLAIN_INITIALIZERS: Readonly<Record<string, string>> = {
  zeros: 'nnx.initializers.zeros_init()',
  ones: 'nnx.initializers.ones_init()',
};

function writeInitializer(value: Argument): string {
  if (value === null) return 'None';
  const { name, ...given } = (typeof value === 'string' ? { name: value } : value) as { name: string; [argument: string]: ParamValue };
  const plain = Object.hasOwn(PLAIN_INITIALIZERS, name) ? PLAIN_INITIALIZERS[name] : undefined;
  if (plain !== undefined) return plain;
  const args = Object.entries(given).map(([key, item]) => `${toSnakeCase(key)}=${writePlain(item)}`);
  return `nnx.initializers.${toSnakeCase(name)}(${args.join(', ')})`;
}
