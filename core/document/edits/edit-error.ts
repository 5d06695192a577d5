/** @file An edit that cannot be done says why, in words for the user. */

/** Thrown by an edit before anything has changed: documents are values, so the caller still holds the old one. */
export class EditError extends Error {
  override readonly name = 'EditError';
  constructor(
    readonly expected: string,
    readonly got: string,
    /** The next move, as an instruction. */
    readonly fix: string,
  ) {
    super(`Expected ${expected}, got ${got}. ${fix}`);
  }
}
