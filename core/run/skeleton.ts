/** @file The tree of the latest document, without a number drawn: built once for all questions, also those of each key in a filter. */
import type { BuildError } from '../build/build-error.ts';
import { buildModel } from '../build/build-model.ts';
import type { ModelDocument } from '../document/schema.ts';
import { withoutNumbers } from '../layers/shared/initialize.ts';
import { dispose } from '../nnx/dispose.ts';
import type { Module } from '../nnx/module.ts';

/** A tree to look at: what cannot be built yet is there by its name. */
interface Seen {
  readonly model: Module;
  /** The first reason why the document cannot be built, null where it can. */
  readonly unbuilt: BuildError | null;
}

export class Skeleton {
  #kept: (Seen & { readonly key: string }) | null = null;

  /** The live model, to look at: it stays the skeleton's, and ends with the next document. @throws BuildError where there is no tree at all. */
  of(document: ModelDocument): Seen {
    // Documents come as copies; this is all that building reads.
    const key = JSON.stringify([document.classes, document.root, document.settings, document.run.seed]);
    if (this.#kept?.key !== key) {
      this.dispose();
      let unbuilt: BuildError | null = null;
      const { model } = withoutNumbers(() => buildModel(document, { onUnbuilt: (error) => (unbuilt ??= error) }));
      this.#kept = { key, model, unbuilt };
    }
    return this.#kept!;
  }

  dispose(): void {
    if (this.#kept) dispose(this.#kept.model);
    this.#kept = null;
  }
}
