/** @file What follows from the document alone, computed once per document object. */
import { emitDocument, emitTraining, TARGETS, type EmitResult, type TargetName } from '../../../core/emit/index.ts';
import { checkDocument, checkInSteps, type Check, type DataFiles } from '../../../core/check/index.ts';
import { hashDocument, type ModelDocument } from '../../../core/document/index.ts';
import { memoByIdentity } from './memo.ts';

const NO_FILES: DataFiles = {};

/** The source code of a document, or why it cannot be written. */
export type Code = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

export interface Derived {
  /** What a result must carry to be fresh. */
  hash(document: ModelDocument): string;
  /** Problems, shapes and arguments. */
  check(document: ModelDocument): Check;
  /** The same with pauses. */
  checkInSteps(document: ModelDocument): ReturnType<typeof checkInSteps>;
  /** Source for a target. */
  code(document: ModelDocument, target: TargetName): Code;
  /** The Flax script that trains the model of the Python file `module` beside it. */
  training(document: ModelDocument, module: string): Code;
}

/** `files` gives the texts of data files that are at hand. */
export function createDerived(files: () => DataFiles = () => NO_FILES): Derived {
  const names = Object.keys(TARGETS) as TargetName[];
  const codes = new Map(names.map((name) => [name, memoByIdentity((document: ModelDocument) => codeOf(emitDocument(document, name)))]));
  return {
    hash: hashDocument,
    check: (document) => checkDocument(document, { files: files() }),
    checkInSteps: (document) => checkInSteps(document, { files: files() }),
    code: (document, target) => codes.get(target)!(document),
    training: (document, module) => codeOf(emitTraining(document, 'flax', { texts: files(), module })),
  };
}

function codeOf(result: EmitResult): Code {
  return result.ok ? { ok: true, text: result.code } : { ok: false, message: `${result.problem.message} ${result.problem.fix}` };
}
