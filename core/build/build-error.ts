/** @file Why a document could not become a live model, or why its forward pass stopped: with the place. */
import type { Problem } from '../document/problem.ts';
import type { NodeId, Path } from '../document/schema.ts';

export interface BuildErrorOptions {
  /** Stable: 'build/member', 'build/graph', 'build/setting' … or the code of the problem behind it. */
  readonly code: string;
  /** The next move, as an instruction. */
  readonly hint: string;
  /** The Module from the root. */
  readonly path?: Path;
  readonly node?: NodeId;
  readonly cause?: unknown;
}

/** Names the Module or the node, so that the editor can lead there; `cause` is what was thrown further inside. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
  readonly code: string;
  readonly hint: string;
  readonly path?: Path;
  readonly node?: NodeId;

  constructor(message: string, { code, hint, path, node, cause }: BuildErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    if (path) this.path = path;
    if (node !== undefined) this.node = node;
  }
}

/** The error of a problem that `core/check` has found. */
export function errorOfProblem(problem: Problem, path?: Path): BuildError {
  const { code, message, fix, place } = problem;
  return new BuildError(message, {
    code,
    hint: fix,
    ...(path ? { path } : {}),
    ...(place.node === undefined ? {} : { node: place.node }),
  });
}
