/** @file Constants: a number where Python's own does what an array of its type would, else an array. */
import type { JsonValue } from '../../document/schema.ts';
import type { ConstantStep } from '../../program/compile-graph.ts';
import { writeNumber } from '../python/inline-constants.ts';
import { writePlain } from '../python/literal.ts';
import { JNP } from './argument.ts';
import type { Use } from '../code-model.ts';

/** Ops that take a number beside an array, which then keeps its type as it would beside an array of one number. */
export const TAKES_NUMBERS = new Set(
  'add subtract multiply divide maximum minimum power equal notEqual less lessEqual greater greaterEqual where'.split(' '),
);

export function writeConstant({ node: { value, dtype } }: ConstantStep, use: Use): string {
  use(JNP);
  const write = (item: JsonValue): string => {
    if (Array.isArray(item)) return `[${item.map((each: JsonValue) => write(each)).join(', ')}]`;
    return typeof item === 'number' ? writeNumber(item, dtype) : writePlain(item as never);
  };
  // Of an empty list JAX cannot see the type.
  const type = JSON.stringify(value).includes('[]') ? `, dtype=jnp.${dtype === 'bool' ? 'bool_' : dtype}` : '';
  return `jnp.array(${write(value)}${type})`;
}
