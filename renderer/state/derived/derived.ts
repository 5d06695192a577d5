/** @file What follows from the document alone, computed once per document object. */
import { emitDocument } from '../../../core/emit/index.ts';
import { checkDocument, type Check, type DataFiles } from '../../../core/check/index.ts';
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
  /** Flax NNX source. */
  code(document: ModelDocument): Code;
}

/** `files` gives the texts of data files that are at hand. */
export function createDerived(files: () => DataFiles = () => NO_FILES): Derived {
  return {
    hash: hashDocument,
    check: (document) => checkDocument(document, { files: files() }),
    code: memoByIdentity(writeCode),
  };
}

function writeCode(document: ModelDocument): Code {
  const result = emitDocument(document, 'flax');
  return result.ok ? { ok: true, text: result.code } : { ok: false, message: `${result.problem.message} ${result.problem.fix}` };
}
