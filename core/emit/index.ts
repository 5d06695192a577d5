/** @file Source code of a document, as the editor sees it. */
export { emitDocument, emitText, emitTraining } from './emit-document.ts';
export type { EmitResult, TrainingOptions } from './emit-document.ts';
export { emitFiles } from './emit-files.ts';
export type { FilesResult } from './emit-files.ts';
export { emitFlax, FLAX_VERSION } from './flax/flax.ts';
export type { CodeMark, CodeMarks } from './marks.ts';
export type { EmittedFile, Refusal, Target, WeightsContext } from './target.ts';
export { TARGETS } from './targets.gen.ts';
export type { TargetName } from './targets.gen.ts';
