/** @file Live Modules of documents. */
export { BuildError } from './build-error.ts';
export { buildModel } from './build-model.ts';
export type { BuildOptions, BuiltModel, LiveModel } from './build-model.ts';
