/** @file What a command reads and writes. Results go to `out`, everything else to `err`; tests bring their own. */

export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** The folder of the data sets that ship with the app. */
  readonly shipped: string;
}

/** Done: sound; errors in the document or the run; wrong use, or what is needed is not there. */
export const EXIT = { done: 0, errors: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong use: what was expected, what came. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** JSON with a line break; numbers that JSON does not have as the texts "NaN", "Infinity" and "-Infinity". */
export function toJson(value: unknown): string {
  const plain = (_: string, each: unknown): unknown => (typeof each === 'number' && !Number.isFinite(each) ? String(each) : each);
  return `${JSON.stringify(value, plain, 2)}\n`;
}
