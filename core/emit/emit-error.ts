/** @file Why no code can be written. */
import type { Problem } from '../document/problem.ts';

export class EmitError extends Error {
  override readonly name = 'EmitError';
  constructor(readonly problem: Problem) {
    super(`${problem.message} ${problem.fix}`);
  }
}
