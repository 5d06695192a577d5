/** @file What a target cannot express. */
import type { Place } from '../document/problem.ts';
import type { Step } from '../program/compile-graph.ts';

/** A node, a member or a setting that the target cannot express. */
export interface Refusal {
  readonly place: Place;
  /** What it is called in the document. */
  readonly subject: string;
  /** What the target lacks, as a sentence. */
  readonly reason: string;
}

/** `, a Conv`: the type of what a step calls, for a refusal. */
export function typeText(step: Step): string {
  if (step.kind === 'op') return ` (${step.descriptor.type})`;
  return step.kind === 'call' && step.descriptor ? ` (${step.descriptor.type})` : '';
}
