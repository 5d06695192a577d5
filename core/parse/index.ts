/** @file Source code to documents. */
import type { ModelDocument } from '../document/schema.ts';
import { readFlax } from './flax/read-flax.ts';
import { place } from './onto/layout.ts';
import { putOnto } from './onto/onto.ts';

export type CodeRead =
  | { readonly ok: true; readonly document: ModelDocument }
  | {
      readonly ok: false;
      /** From 1. */
      readonly line: number;
      readonly message: string;
    };

/**
 * Flax NNX code as a document: code that this program wrote, or that a person wrote or changed in the same style. With a `base`, what the code
 * leaves as it was stays as it is there: ids, places, notes, and all that code does not say; without one, no node has a place yet. Nothing of the
 * text is run. Never throws.
 */
export function readCode(source: string, base?: ModelDocument): CodeRead {
  const read = readFlax(source);
  return read.ok && base ? { ok: true, document: putOnto(base, read.document) } : read;
}

/** The document with a plain place for every node that has none: behind what feeds it. */
export function withPlaces(document: ModelDocument): ModelDocument {
  const classes = Object.entries(document.classes).map(([id, each]) => [id, place(each, true)] as const);
  return { ...document, classes: Object.fromEntries(classes) };
}
