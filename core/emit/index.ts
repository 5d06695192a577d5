/** @file Source code of a document, as the editor sees it. */
export { emitDocument, emitText, TARGETS } from './emit-document.ts';
export type { EmitResult, TargetInfo } from './emit-document.ts';
export { emitFlax, FLAX_VERSION } from './flax.ts';
