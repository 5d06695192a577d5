/** @file What follows from the document alone, computed once per document object. */
import { emitDocument, emitTraining, type CodeMarks, type EmitResult, TARGETS, type TargetName } from '../../../core/emit/index.ts';
import { checkDocument, checkInSteps, type Check, type DataFiles } from '../../../core/check/index.ts';
import { hashDocument, type ModelDocument } from '../../../core/document/index.ts';
import { moduleName } from '../code/module-name.ts';
import { memoByIdentity, memoLast } from './memo.ts';

const NO_FILES: DataFiles = {};

/** The source code of a document, or why it cannot be written. */
export type Code =
  | { readonly ok: true; readonly text: string; /** What its lines stand for. */ readonly marks: CodeMarks }
  | { readonly ok: false; readonly message: string };

export interface Derived {
  /** What a result must carry to be fresh. */
  hash(document: ModelDocument): string;
  /** Problems, shapes and arguments. */
  check(document: ModelDocument): Check;
  /** The same with pauses. */
  checkInSteps(document: ModelDocument): ReturnType<typeof checkInSteps>;
  /** Source for a target. */
  code(document: ModelDocument, target: TargetName): Code;
  /** The script that trains the model of the file beside it, which is called after the document. */
  training(document: ModelDocument, target: TargetName): Code;
}

/** `files` gives the texts of data files that are at hand. */
export function createDerived(files: () => DataFiles = () => NO_FILES): Derived {
  const names = Object.keys(TARGETS) as TargetName[];
  const codes = new Map(names.map((name) => [name, memoByIdentity((document: ModelDocument) => codeOf(emitDocument(document, name)))]));
  const trainingOf = memoLast((document: ModelDocument, target: TargetName, texts: DataFiles) =>
    codeOf(emitTraining(document, target, { texts, module: moduleName(document) })),
  );
  return {
    hash: hashDocument,
    check: (document) => checkDocument(document, { files: files() }),
    checkInSteps: (document) => checkInSteps(document, { files: files() }),
    code: (document, target) => codes.get(target)!(document),
    training: (document, target) => trainingOf(document, target, files()),
  };
}

function codeOf(result: EmitResult): Code {
  return result.ok
    ? { ok: true, text: result.code, marks: result.marks }
    : { ok: false, message: `${result.problem.message} ${result.problem.fix}` };
}
