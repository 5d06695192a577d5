/** @file The one way in which a descriptor says that its inputs or arguments do not fit. */

/** What was expected, what came, what to do: shown on the node and in the list of problems. */
export interface Rejection {
  /** Stable: 'shape/last-axis', 'shape/rank', 'dtype', 'param/range' … */
  readonly code: string;
  readonly expected: string;
  readonly got: string;
  /** The next move, as an instruction. */
  readonly fix: string;
  /** The port or the parameter that it is about. */
  readonly port?: string;
  readonly param?: string;
}

export class RejectionError extends Error {
  override readonly name = 'RejectionError';
  constructor(readonly rejection: Rejection) {
    super(`Expected ${rejection.expected}, got ${rejection.got}. ${rejection.fix}`);
  }
}

/** Throws; `infer` and `make` call it. */
export function reject(rejection: Rejection): never {
  throw new RejectionError(rejection);
}
