/** @file Values as Python source. */
import { isExpression } from '../document/arguments.ts';
import { mapExpressionNames } from '../document/expression.ts';
import type { Argument } from '../document/schema.ts';
import { toSnakeCase } from '../nnx/names.ts';
import type { ParamKind } from '../spec/index.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `'text'`, with what Python would misread escaped. */
export function pythonText(text: string): string {
  return `'${text.replaceAll(/[\\'\n\r\t]/g, (character) => ESCAPES[character]!)}'`;
}

/** A number; `isFloat` keeps the point that JavaScript drops from `1.0`. */
export function pythonNumber(value: number, isFloat: boolean): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "float('nan')" : `float('${value > 0 ? '' : '-'}inf')`;
  const text = String(value);
  return isFloat && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** An expression over fields: the same operators in Python, the names in its spelling. `prefix` reaches the fields inside `__call__`. */
export function pythonExpression(text: string, prefix = ''): string {
  return mapExpressionNames(text, (name) => prefix + toSnakeCase(name));
}

export interface Writing {
  /** How a field is reached: plain in `__init__`, `self.` in `__call__`. */
  readonly fieldPrefix?: string;
  /** Asks for an import line. */
  readonly use: (line: string) => void;
}

const JNP = 'import jax.numpy as jnp';
/** Where Python's name is not ours in snake_case. */
const INITIALIZERS: Readonly<Record<string, string>> = { zeros: 'zeros_init', ones: 'ones_init' };
const DTYPES: Readonly<Record<string, string>> = { bool: 'bool_' };

/** One argument of a layer, an op or a class, of the kind that its parameter has; without a kind it is plain data. */
export function pythonArgument(argument: Argument, kind: ParamKind | undefined, writing: Writing): string {
  if (isExpression(argument)) return pythonExpression(argument.$, writing.fieldPrefix);
  if (argument === null) return 'None';
  if (typeof argument === 'boolean') return argument ? 'True' : 'False';
  if (typeof argument === 'number') return pythonNumber(argument, kind === 'float');
  if (typeof argument === 'string') return pythonWord(argument, kind, writing);
  if (Array.isArray(argument))
    return pythonTuple(argument.map((item: Argument) => pythonArgument(item, kind === 'float' ? kind : undefined, writing)));
  const record = argument as Readonly<Record<string, Argument>>;
  if (kind === 'initializer') return pythonInitializer(record, writing);
  return `{${Object.entries(record)
    .map(([key, value]) => `${pythonText(key)}: ${pythonArgument(value, undefined, writing)}`)
    .join(', ')}}`;
}

function pythonWord(word: string, kind: ParamKind | undefined, writing: Writing): string {
  if (kind === 'initializer') return pythonInitializer({ name: word }, writing);
  if (kind === 'activation') return `nnx.${toSnakeCase(word)}`;
  if (kind !== 'dtype') return pythonText(word);
  writing.use(JNP);
  return `jnp.${DTYPES[word] ?? word}`;
}

function pythonInitializer({ name, ...given }: Readonly<Record<string, Argument>>, writing: Writing): string {
  const maker = INITIALIZERS[String(name)] ?? toSnakeCase(String(name));
  const args = Object.entries(given).map(([key, value]) => `${toSnakeCase(key)}=${pythonArgument(value, undefined, writing)}`);
  return `nnx.initializers.${maker}(${args.join(', ')})`;
}

export function pythonTuple(items: readonly string[]): string {
  return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
}

/** A docstring at an indent; none for an empty text. */
export function docstring(text: string, indent: string): readonly string[] {
  if (text.trim() === '') return [];
  const lines = text.trim().replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"').split('\n');
  if (lines.length === 1) return [`${indent}"""${lines[0]!.replace(/"$/, '\\"')}"""`, ''];
  return [`${indent}"""${lines[0]}`, ...lines.slice(1).map((line) => (line.trim() === '' ? '' : indent + line.trim())), `${indent}"""`, ''];
}
