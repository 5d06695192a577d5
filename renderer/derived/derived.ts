/** @file What follows from the document alone, computed once per document object. */
import { hashDocument, type ModelDocument } from '../../core/document/index.ts';

export interface Derived {
  /** What a result must carry to be fresh. */
  hash(document: ModelDocument): string;
}

export function createDerived(): Derived {
  return { hash: hashDocument };
}
