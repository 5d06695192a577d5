/** @file Document to code, for every target. */
import type { ModelDocument } from '../document/schema.ts';
import type { Target } from '../spec/index.ts';
import { emitFlax, FLAX_VERSION } from './flax.ts';

export { emitFlax, FLAX_VERSION };

export interface TargetInfo {
  /** As a menu shows it. */
  readonly title: string;
  /** Without the dot. */
  readonly extension: string;
  readonly mediaType: string;
  readonly emit: (document: ModelDocument) => string;
}

export const TARGETS: Readonly<Record<Target, TargetInfo>> = {
  flax: { title: 'Flax NNX (Python)', extension: 'py', mediaType: 'text/x-python', emit: emitFlax },
};

/** Source code of a document. */
export function emit(document: ModelDocument, target: Target): string {
  return TARGETS[target].emit(document);
}
