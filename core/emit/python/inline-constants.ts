/** @file Constants that are written where they are used: numbers, where Python's own does what an array of its type would. */
import type { Program } from '../../program/compile-graph.ts';
import { writeFloat, writePlain } from './literal.ts';

/** The constants that are written where they are used, by their slot. `takesNumbers`: ops that take a number beside an array. */
export function inlineConstants({ steps, outputs }: Program, takesNumbers: ReadonlySet<string>): ReadonlyMap<number, string> {
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
    const takes = step.kind === 'op' && takesNumbers.has(step.node.op) && step.inputs.some(({ index }) => !constants.has(index));
    // A whole number as the exponent is multiplied out, which rounds otherwise than a power.
    const isExact =
      step.kind !== 'op' || step.node.op !== 'power' || step.inputs.every(({ index }) => numbers.get(index)?.includes('.') ?? true);
    if (!takes || !isExact) for (const { index } of step.inputs) numbers.delete(index);
  }
  return numbers;
}

/** A number of a constant, as Python takes one of its type. */
export function writeNumber(value: number, dtype: 'float32' | 'int32' | 'bool'): string {
  return dtype === 'float32' ? writeFloat(value) : writePlain(value);
}
