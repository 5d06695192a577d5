/** @file Document to source code, by target. A new target is one row here and one entry in the descriptors. */
import { parseDocument } from '../document/parse.ts';
import { messageOf, type Problem } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import type { Target } from '../spec/index.ts';
import { emitFlax } from './flax.ts';

export interface TargetInfo {
  readonly title: string;
  /** Of the file that the code is saved in. */
  readonly extension: string;
  /** For the colours of the code panel. */
  readonly language: 'python';
  readonly emit: (document: ModelDocument) => string;
}

export const TARGETS: Readonly<Record<Target, TargetInfo>> = {
  flax: { title: 'Flax NNX', extension: 'py', language: 'python', emit: emitFlax },
};

export type EmitResult = { readonly ok: true; readonly code: string } | { readonly ok: false; readonly problem: Problem };

/** The code, as far as the document is understood: problems stand at its top. Never throws. */
export function emitDocument(document: ModelDocument, target: Target): EmitResult {
  try {
    return { ok: true, code: TARGETS[target].emit(document) };
  } catch (error) {
    // An emitter of a type has a fault: the editor goes on.
    const got = messageOf(error);
    const words = { expected: 'code', got: `an internal error: ${got}`, fix: 'Report this, with the document.' };
    return {
      ok: false,
      problem: {
        severity: 'error',
        code: 'internal/emit',
        scope: 'graph',
        place: {},
        message: `${TARGETS[target].title}: ${got}`,
        ...words,
      },
    };
  }
}

/** The code of a document as text; for scripts. Throws on a document that cannot be read. */
export function emitText(text: string, target: Target): string {
  const result = parseDocument(text);
  if (!result.ok) throw new Error(result.refusals.map((refusal) => refusal.message).join('\n'));
  return TARGETS[target].emit(result.document);
}
