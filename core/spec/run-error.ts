/** @file What goes wrong with data, losses and runs, as data: what was expected, what came, what to do next, and where. */

export interface RunProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** The Module, as Flax names it. */
  readonly path?: readonly (string | number)[];
  /** The node of the class at `path`. */
  readonly node?: string;
}

/** An error that carries its problem with it. */
export class RunError extends Error {
  override readonly name = 'RunError';
  constructor(readonly problem: RunProblem) {
    super(problem.hint ? `${problem.message} ${problem.hint}` : problem.message);
  }
}

/** Throws; `hint` is the next move as an instruction. */
export function fail(code: string, message: string, hint: string, place: Pick<RunProblem, 'path' | 'node'> = {}): never {
  throw new RunError({ code, message, hint, ...place });
}

/** Thrown by work that ends because somebody asked it to: no fault of the place where it was. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
