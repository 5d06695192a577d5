/** @file Document to source code, by target. */
import { parseDocument } from '../document/parse.ts';
import { messageOf, shorten, type Problem } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import { describeModel } from '../program/model-program.ts';
import type { Target } from '../spec/index.ts';
import { TARGETS } from './target.ts';

export type EmitResult = { readonly ok: true; readonly code: string } | { readonly ok: false; readonly problem: Problem };

/** The code, as far as the document is understood: problems stand at its top. Never throws. */
export function emitDocument(document: ModelDocument, target: Target): EmitResult {
  try {
    return { ok: true, code: TARGETS[target].emit(describeModel(document, { forCode: true })) };
  } catch (error) {
    // An emitter of a type has a fault: the editor goes on.
    const got = shorten(messageOf(error));
    const words = { expected: 'code', got: `an internal error: ${got}`, fix: 'Report this, with the document.' };
    const message = `${TARGETS[target].title}: ${got}`;
    return { ok: false, problem: { severity: 'error', code: 'internal/emit', scope: 'graph', place: {}, message, ...words } };
  }
}

/** The code of a document as text; for scripts. Throws on a document that cannot be read. */
export function emitText(text: string, target: Target): string {
  const result = parseDocument(text);
  if (!result.ok) throw new Error(result.refusals.map((refusal) => refusal.message).join('\n'));
  return TARGETS[target].emit(describeModel(result.document, { forCode: true }));
}
