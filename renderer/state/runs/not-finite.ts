/** @file What the latest run or training told of numbers that are not finite. */
import type { RunProblem } from '../../../core/run/index.ts';

const CODES: ReadonlySet<string> = new Set(['run/not-finite', 'train/not-finite']);

/** With the place of the first such number. */
export function notFiniteOf(warnings: readonly RunProblem[]): RunProblem | undefined {
  return warnings.find(({ code }) => CODES.has(code));
}
