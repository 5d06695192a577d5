/** @file What differs between two documents. */
export type { Difference } from './difference.ts';
export { diffDocuments, isOfMeaning } from './diff-documents.ts';
