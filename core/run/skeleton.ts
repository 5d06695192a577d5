/** @file The tree of the latest document, without a number drawn: built once for all questions, also those of each key in a filter. */
import { buildModel } from '../build/build-model.ts';
import type { ModelDocument } from '../document/schema.ts';
import { withoutNumbers } from '../layers/shared/initialize.ts';
import { dispose } from '../nnx/dispose.ts';
import type { Module } from '../nnx/module.ts';

export class Skeleton {
  #kept: { readonly key: string; readonly model: Module } | null = null;

  /** The live model, to look at: it stays the skeleton's, and ends with the next document. @throws BuildError with the place. */
  of(document: ModelDocument): Module {
    // Documents come as copies; this is all that building reads.
    const key = JSON.stringify([document.classes, document.root, document.settings, document.run.seed]);
    if (this.#kept?.key !== key) {
      this.dispose();
      this.#kept = { key, model: withoutNumbers(() => buildModel(document)).model };
    }
    return this.#kept!.model;
  }

  dispose(): void {
    if (this.#kept) dispose(this.#kept.model);
    this.#kept = null;
  }
}
