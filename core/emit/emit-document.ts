/** @file Document to source code, by target. */
import { own } from '../document/find.ts';
import { parseDocument } from '../document/parse.ts';
import { messageOf, shorten, type Problem } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import { describeModel } from '../program/model-program.ts';
import { RejectionError, type Target } from '../spec/index.ts';
import { RunError } from '../spec/run-error.ts';
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

export interface TrainingOptions {
  /** Those of data files, by their hash or their name: what was recognised of a table is written down. */
  readonly texts: Readonly<Record<string, string>>;
  /** The name of the file that holds the model's code, without its extension. */
  readonly module?: string;
}

/** The script that trains the model, to lie beside its code. Never throws. */
export function emitTraining(document: ModelDocument, target: Target, { texts, module = 'model' }: TrainingOptions): EmitResult {
  const readText = (file: string, asset: string | undefined) => (asset === undefined ? undefined : own(texts, asset)) ?? own(texts, file);
  try {
    return { ok: true, code: TARGETS[target].train(describeModel(document, { forCode: true }), { readText, module }) };
  } catch (error) {
    const [code, message, fix] =
      error instanceof RunError
        ? [error.problem.code, error.problem.message, error.problem.hint]
        : error instanceof RejectionError
          ? [error.rejection.code, messageOf(error), error.rejection.fix]
          : ['internal/emit', messageOf(error), 'Report this, with the document.'];
    const words = { expected: 'a run that can be written', got: shorten(message), fix };
    return { ok: false, problem: { severity: 'error', code, scope: 'run', place: {}, message: shorten(message), ...words } };
  }
}

/** The code of a document as text; for scripts. Throws on a document that cannot be read. */
export function emitText(text: string, target: Target): string {
  const result = parseDocument(text);
  if (!result.ok) throw new Error(result.refusals.map((refusal) => refusal.message).join('\n'));
  return TARGETS[target].emit(describeModel(result.document, { forCode: true }));
}
