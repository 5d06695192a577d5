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
 * leaves as it was stays as it is there: ids, places, notes, and all that code does not say. Nothing of the text is run. Never throws.
 */
export function readCode(source: string, base?: ModelDocument): CodeRead {
  const read = readFlax(source);
  if (!read.ok) return read;
  if (base) return { ok: true, document: putOnto(base, read.document) };
  const classes = Object.entries(read.document.classes).map(([id, each]) => [id, place(each, true)] as const);
  return { ok: true, document: { ...read.document, classes: Object.fromEntries(classes) } };
}
