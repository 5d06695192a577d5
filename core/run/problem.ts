/** @file Errors as data: what crosses to the window instead of stack traces. */
import { RejectionError } from '../spec/reject.ts';
import { RunError, type RunProblem } from '../spec/run-error.ts';

function placeOf(error: object): Pick<RunProblem, 'path' | 'node'> {
  const place = error as { readonly path?: unknown; readonly node?: unknown };
  return {
    ...(Array.isArray(place.path) ? { path: place.path as NonNullable<RunProblem['path']> } : {}),
    ...(typeof place.node === 'string' ? { node: place.node } : {}),
  };
}

/** Any thrown thing as data. An error that names its `path` or `node` keeps them. */
export function problemOf(error: unknown): RunProblem {
  if (error instanceof RunError) return error.problem;
  if (error instanceof RejectionError) {
    const { code, expected, got, fix } = error.rejection;
    return { code, message: `Expected ${expected}, got ${got}.`, hint: fix, ...placeOf(error) };
  }
  if (!(error instanceof Error)) return { code: 'run/unknown', message: String(error), hint: 'Report this: it should have been an error.' };
  const cause = error.cause === undefined ? undefined : problemOf(error.cause);
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : (cause?.hint ?? '');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : (cause?.code ?? `run/${error.name}`);
  return { ...cause, code, message: error.message, hint, ...placeOf(error) };
}
