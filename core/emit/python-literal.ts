/** @file Values as Python source, by the kind of the parameter that holds them. */
import { isExpression } from '../document/arguments.ts';
import type { Argument, Field } from '../document/schema.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { findDescriptor } from '../registry.gen.ts';
import { DTYPES } from '../spec/check-value.ts';
import type { ParamKind, ParamValue } from '../spec/index.ts';
import { checkInitializer } from '../spec/initializers.ts';
import type { InitializerValue } from '../spec/params.ts';
import { expressionSource } from './sound.ts';

export const JNP = 'import jax.numpy as jnp';

/** What a literal may need besides itself. */
export interface LiteralContext {
  /** Asks for an import line. */
  use(line: string): void;
  /** What an expression may name. */
  readonly fields: readonly Pick<Field, 'name'>[];
  /** The source of a field that an expression names: `width` in a constructor, `self.width` in a call. */
  field(name: string): string;
}

/** A parameter's value, or an expression over fields, as Python writes it. */
export function writeArgument(kind: ParamKind, argument: Argument, context: LiteralContext): string {
  if (isExpression(argument)) return expressionSource(argument.$, context.fields, context.field) ?? 'None';
  switch (kind) {
    case 'float':
      return typeof argument === 'number' ? writeFloat(argument) : writePlain(argument as ParamValue);
    case 'dtype':
      if (!DTYPES.some((name) => name === argument)) return 'None';
      context.use(JNP);
      return `jnp.${argument === 'bool' ? 'bool_' : String(argument)}`;
    case 'initializer':
      return writeInitializer(argument);
    case 'activation':
      return typeof argument === 'string' && findDescriptor(argument)?.kind === 'op' ? `nnx.${toSnakeCase(argument)}` : 'None';
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

/** What JSON leaves as it is, and an editor may take for a line break or hide. */
// oxlint-disable-next-line no-control-regex
const HIDDEN = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text in single quotes. */
export function writeText(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)
    .replaceAll(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
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
  if (value === null || checkInitializer('initializer', value as InitializerValue)) return 'None';
  const { name, ...given } = (typeof value === 'string' ? { name: value } : value) as { name: string; [argument: string]: ParamValue };
  const plain = Object.hasOwn(PLAIN_INITIALIZERS, name) ? PLAIN_INITIALIZERS[name] : undefined;
  if (plain !== undefined) return plain;
  const args = Object.entries(given).map(([key, item]) => `${toSnakeCase(key)}=${writePlain(item)}`);
  return `nnx.initializers.${toSnakeCase(name)}(${args.join(', ')})`;
}
