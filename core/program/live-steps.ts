/** @file The steps that code is written for: what nobody reads is left out, unless a call may do more than give a value. */
import type { Program, Step } from './compile-graph.ts';

/** The program without ops, constants and reads of weights that lead nowhere: to no output, no probe and no call. */
export function withLiveSteps(program: Program): Program {
  const read = new Set(program.outputs.map(({ index }) => index));
  const live: Step[] = [];
  for (const step of program.steps.toReversed()) {
    const isRead = step.outputs.some(({ index, probes }) => read.has(index) || probes.length > 0);
    if (!isRead && !hasEffects(step)) continue;
    for (const { index } of step.inputs) read.add(index);
    live.push(step);
  }
  return { ...program, steps: live.reverse() };
}

/** A call may sow, draw, or update statistics. */
function hasEffects(step: Step): boolean {
  if (step.kind === 'input') return true;
  return step.kind === 'call' && step.node.variable === undefined && step.descriptor?.isVariable !== true;
}
