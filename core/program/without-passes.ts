/** @file A forward pass as code writes it: a node that is bypassed leaves no line, and what it would give is what came in. */
import type { Program, Slot, Step } from './compile-graph.ts';

/** The program without the steps that only pass a value on; where a probe listens, the step stays. The same one where there is none. */
export function withoutPasses(program: Program): Program {
  if (!program.steps.some(isSilent)) return program;
  const sources = new Map<number, number>();
  const lead = <T extends Slot>(slot: T): T => {
    const source = sources.get(slot.index);
    return source === undefined ? slot : { ...slot, index: source };
  };
  const steps = program.steps.flatMap((step): readonly Step[] => {
    const inputs = step.inputs.map(lead);
    if (!isSilent(step)) return [{ ...step, inputs }];
    sources.set(step.outputs[0]!.index, inputs[0]!.index);
    return [];
  });
  return { ...program, steps, outputs: program.outputs.map(({ name, index }) => ({ name, index: sources.get(index) ?? index })) };
}

function isSilent(step: Step): boolean {
  return step.kind === 'op' && step.isPass === true && step.outputs.every(({ probes }) => probes.length === 0);
}
