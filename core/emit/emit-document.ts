/** @file Document to source code, by target. */
import { own } from '../document/find.ts';
import { parseDocument } from '../document/parse.ts';
import { messageOf, shorten, type Problem } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import { describeModel } from '../program/model-program.ts';
import { RejectionError } from '../spec/index.ts';
import { fail, RunError } from '../spec/run-error.ts';
import { NotAName } from './identifier.ts';
import type { CodeMarks } from './marks.ts';
import type { Refusal } from './target.ts';
import { TARGETS, type TargetName } from './targets.gen.ts';

export type EmitResult =
  | {
      readonly ok: true;
      readonly code: string;
      /** What the lines of a model stand for; none of a training script. */
      readonly marks: CodeMarks;
    }
  | {
      readonly ok: false;
      /** The first of the refusals where the target cannot express the model. */
      readonly problem: Problem;
      readonly refused?: readonly Refusal[];
    };

/**
 * The code, as far as the document is understood: problems stand at its top. What the target cannot express is refused by its node, and then
 * nothing is written. Never throws.
 */
export function emitDocument(document: ModelDocument, target: TargetName): EmitResult {
  try {
    const { emit, refuse } = TARGETS[target];
    const program = describeModel(document, { forCode: true });
    const refused = refuse?.(program) ?? [];
    if (refused.length > 0) return refusal(target, refused);
    let marks: CodeMarks = [];
    return { ok: true, code: emit(program, (all) => (marks = all)), marks };
  } catch (error) {
    const unnamed = namelessIn(document, error);
    if (unnamed) return { ok: false, problem: unnamed };
    // An emitter of a type has a fault: the editor goes on.
    const got = shorten(messageOf(error));
    const words = { expected: 'code', got: `an internal error: ${got}`, fix: 'Report this, with the document.' };
    const message = `${TARGETS[target].title}: ${got}`;
    return { ok: false, problem: { severity: 'error', code: 'internal/emit', scope: 'graph', place: {}, message, ...words } };
  }
}

/** What the check says of a name that is none, where that is why there is no code. */
export function namelessIn(document: ModelDocument, error: unknown): Problem | undefined {
  if (!(error instanceof NotAName)) return undefined;
  return describeModel(document, { forCode: true }).check.problems.find(
    ({ code, severity }) => severity === 'error' && code === 'name/invalid',
  );
}

/** The result that names what the target cannot express. */
export function refusal(target: TargetName, refused: readonly Refusal[]): Extract<EmitResult, { ok: false }> {
  const [{ place, subject, reason }] = refused as readonly [Refusal, ...Refusal[]];
  const { title } = TARGETS[target];
  const words = { expected: `what ${title} can express`, got: subject, fix: 'Replace it, or take the model away to another target.' };
  const message = `${subject}: ${reason}`;
  return { ok: false, refused, problem: { severity: 'error', code: 'emit/refused', scope: 'graph', place, message, ...words } };
}

export interface TrainingOptions {
  /** Those of data files, by their hash or their name: what was recognised of a table is written down. */
  readonly texts: Readonly<Record<string, string>>;
  /** The name of the file that holds the model's code, without its extension. */
  readonly module?: string;
  /** Spread over all devices of a machine or a cluster, where the target can do that. */
  readonly isSharded?: boolean;
}

/** The script that trains the model, to lie beside its code. Never throws. */
export function emitTraining(
  document: ModelDocument,
  target: TargetName,
  { texts, module = 'model', isSharded = false }: TrainingOptions,
): EmitResult {
  const readText = (file: string, asset: string | undefined) => (asset === undefined ? undefined : own(texts, asset)) ?? own(texts, file);
  try {
    const { title, train, refuse, canShard } = TARGETS[target];
    if (!train) return fail('emit/no-training', `There is no training script for ${title}.`, 'Choose another target.');
    if (isSharded && !canShard)
      return fail('emit/not-sharded', `${title} is not spread over devices here.`, 'Choose Flax, or leave sharding out.');
    const program = describeModel(document, { forCode: true });
    const refused = refuse?.(program) ?? [];
    return refused.length === 0 ? { ok: true, code: train(program, { readText, module, isSharded }), marks: [] } : refusal(target, refused);
  } catch (error) {
    const unnamed = namelessIn(document, error);
    if (unnamed) return { ok: false, problem: unnamed };
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
export function emitText(text: string, target: TargetName): string {
  const result = parseDocument(text);
  if (!result.ok) throw new Error(result.refusals.map((refusal) => refusal.message).join('\n'));
  return TARGETS[target].emit(describeModel(result.document, { forCode: true }));
}
