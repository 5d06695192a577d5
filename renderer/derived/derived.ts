/** @file What follows from the document alone, computed once per document object. */
import { emitDocument } from '../../core/emit/index.ts';
import { checkDocument, type Check, type DataFiles } from '../../core/check/index.ts';
import { hashDocument, type ModelDocument } from '../../core/document/index.ts';
import { memoByIdentity } from './memo.ts';

/** The source code of a document, or why it cannot be written. */
export type Code = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

export interface Derived {
  /** Texts of the data sets that ship with the app, by name. */
  readonly dataFiles: DataFiles;
  /** What a result must carry to be fresh. */
  hash(document: ModelDocument): string;
  /** Problems, shapes and arguments. */
  check(document: ModelDocument): Check;
  /** Flax NNX source. */
  code(document: ModelDocument): Code;
}

export function createDerived(dataFiles: DataFiles = {}): Derived {
  return {
    dataFiles,
    hash: hashDocument,
    check: (document) => checkDocument(document, { files: dataFiles }),
    code: memoByIdentity(writeCode),
  };
}

function writeCode(document: ModelDocument): Code {
  const result = emitDocument(document, 'flax');
  return result.ok ? { ok: true, text: result.code } : { ok: false, message: `${result.problem.message} ${result.problem.fix}` };
}
