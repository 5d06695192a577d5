/** @file Constants: a number where Python's own does what an array of its type would, else an array. */
import type { JsonValue } from '../../document/schema.ts';
import type { ConstantStep, Program } from '../../program/compile-graph.ts';
import { writeFloat, writePlain } from '../python/literal.ts';
import { JNP } from './argument.ts';
import type { Use } from '../code-model.ts';

/** Ops that take a number beside an array, which then keeps its type as it would beside an array of one number. */
const TAKES_NUMBERS = new Set(
  'add subtract multiply divide maximum minimum power equal notEqual less lessEqual greater greaterEqual where'.split(' '),
);

/** The constants that are written where they are used, by their slot. */
export function inlineConstants({ steps, outputs }: Program): ReadonlyMap<number, string> {
  const numbers = new Map<number, string>();
  for (const step of steps) {
    const [output] = step.outputs;
    if (step.kind !== 'constant' || typeof step.node.value !== 'number' || !output || output.probes.length > 0) continue;
    numbers.set(output.index, writeNumber(step.node.value, step.node.dtype));
  }
  for (const { index } of outputs) numbers.delete(index);
  if (numbers.size === 0) return numbers;
  const constants = new Set(steps.flatMap((step) => (step.kind === 'constant' ? step.outputs.map(({ index }) => index) : [])));
  for (const step of steps) {
    const takes = step.kind === 'op' && TAKES_NUMBERS.has(step.node.op) && step.inputs.some(({ index }) => !constants.has(index));
    // A whole number as the exponent is multiplied out, which rounds otherwise than a power.
    const isExact =
      step.kind !== 'op' || step.node.op !== 'power' || step.inputs.every(({ index }) => numbers.get(index)?.includes('.') ?? true);
    if (!takes || !isExact) for (const { index } of step.inputs) numbers.delete(index);
  }
  return numbers;
}

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

function writeNumber(value: number, dtype: 'float32' | 'int32' | 'bool'): string {
  return dtype === 'float32' ? writeFloat(value) : writePlain(value);
}
