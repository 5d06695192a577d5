/** @file Arguments of layers and ops as Flax takes them, by the kind of the parameter. */
import { isExpression } from '../../document/arguments.ts';
import type { Argument } from '../../document/schema.ts';
import { findDescriptor } from '../../registry.gen.ts';
import { DTYPES, type ParamKind, type ParamValue } from '../../spec/index.ts';
import { INITIALIZERS, initializerName } from '../../spec/initializers.ts';
import { writeExpression } from '../python/expression.ts';
import { writeFloat, writePlain, writeTuple } from '../python/literal.ts';
import { pythonName } from '../python/names.ts';

export const JNP = 'import jax.numpy as jnp';

/** What a literal may need besides itself. */
export interface LiteralContext {
  /** Asks for an import line. */
  use(line: string): void;
  /** The source of a field that an expression names: `width` in a constructor, `self.width` in a call. */
  field(name: string): string;
}

/** A parameter's value, or an expression over fields. @throws Error for a word that Flax does not have: callers write what was checked. */
export function writeArgument(kind: ParamKind, argument: Argument, context: LiteralContext): string {
  if (isExpression(argument)) return writeExpression(argument.$, context.field);
  if (argument === null) return 'None';
  switch (kind) {
    case 'float':
      return typeof argument === 'number' ? writeFloat(argument) : writePlain(argument as ParamValue);
    case 'dtype':
      context.use(JNP);
      return writeDtype(argument);
    case 'initializer':
      return writeInitializer(argument);
    case 'activation':
      if (typeof argument !== 'string' || findDescriptor(argument)?.kind !== 'op') return unknown('activation');
      return `nnx.${pythonName(argument)}`;
    case 'ints':
    case 'padding':
      return Array.isArray(argument)
        ? writeTuple(argument.map((item: Argument) => writeArgument(kind, item, context)))
        : writePlain(argument as ParamValue);
    case 'int':
    case 'bool':
    case 'choice':
    case 'text':
      return writePlain(argument as ParamValue);
  }
}

function writeDtype(dtype: Argument): string {
  const known = DTYPES.find((each) => each === dtype) ?? unknown('dtype');
  return `jnp.${known === 'bool' ? 'bool_' : known}`;
}

function unknown(noun: string): never {
  throw new Error(`internal: a ${noun} that is not known was to be written`);
}

/** Names of ours that are functions in Flax, not makers of functions. */
const PLAIN_INITIALIZERS: ReadonlyMap<string, string> = new Map([
  ['zeros', 'nnx.initializers.zeros_init()'],
  ['ones', 'nnx.initializers.ones_init()'],
]);

function writeInitializer(value: Argument): string {
  const { name, ...given } = (typeof value === 'string' ? { name: value } : value) as { name: string; [argument: string]: ParamValue };
  const known = initializerName(name) ?? unknown('initializer');
  const plain = PLAIN_INITIALIZERS.get(known);
  if (plain !== undefined) return plain;
  const { params } = INITIALIZERS[known]!;
  const args = Object.entries(given).map(([key, item]) => {
    const spec = Object.hasOwn(params, key) ? params[key]! : unknown('argument of an initializer');
    return `${pythonName(key)}=${writeArgument(spec.kind, item, { use: () => {}, field: () => unknown('field') })}`;
  });
  return `nnx.initializers.${pythonName(name)}(${args.join(', ')})`;
}
