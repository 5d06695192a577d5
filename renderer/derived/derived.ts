/** @file What follows from the document alone, computed once per document object. */
import type { ModelDocument } from '../../core/document/index.ts';
import { hashDocument } from './hash.ts';
import { memoByIdentity } from './memo.ts';

export interface Derived {
  /** What a result must carry to be fresh. */
  hash(document: ModelDocument): string;
}

export function createDerived(): Derived {
  return { hash: memoByIdentity(hashDocument) };
}
