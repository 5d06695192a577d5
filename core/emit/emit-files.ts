/** @file Document to files with weights, by target. */
import { messageOf, shorten, type Problem } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import { ValueError } from '../nnx/errors.ts';
import { describeModel } from '../program/model-program.ts';
import { namelessIn, refusal } from './emit-document.ts';
import type { Refusal } from './refusal.ts';
import type { EmittedFile, WeightsContext } from './target.ts';
import { TARGETS, type TargetName } from './targets.gen.ts';

export type FilesResult =
  | { readonly ok: true; readonly files: readonly EmittedFile[] }
  | { readonly ok: false; readonly problem: Problem; readonly refused?: readonly Refusal[] };

/** The code, the weights, and what loads them. What the target cannot express is refused by its node, and then nothing is given. Never throws. */
export function emitFiles(document: ModelDocument, target: TargetName, context: WeightsContext): FilesResult {
  const { title, refuse, files } = TARGETS[target];
  try {
    const program = describeModel(document, { forCode: true });
    const refused = refuse?.(program) ?? [];
    if (refused.length > 0) return { ...refusal(target, refused), ok: false };
    if (files) return { ok: true, files: files(program, context) };
    return fault('emit/no-weights', `The weights cannot be taken to ${title} yet.`, 'Take the code alone, or choose another target.');
  } catch (error) {
    const unnamed = namelessIn(document, error);
    if (unnamed) return { ok: false, problem: unnamed };
    const message = shorten(messageOf(error));
    if (error instanceof ValueError) return fault('emit/weights', message, 'Take the weights of this model.');
    return fault('internal/emit', `${title}: ${message}`, 'Report this, with the document.');
  }
}

function fault(code: string, message: string, fix: string): FilesResult {
  return { ok: false, problem: { severity: 'error', code, scope: 'graph', place: {}, message, expected: 'files', got: message, fix } };
}
