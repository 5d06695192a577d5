/** @file Source code of a document, as the editor sees it. */
export { emitDocument, emitText, emitTraining } from './emit-document.ts';
export type { EmitResult, TrainingOptions } from './emit-document.ts';
export { emitFlax, FLAX_VERSION } from './flax/flax.ts';
export { TARGETS } from './target.ts';
export type { TargetInfo } from './target.ts';
