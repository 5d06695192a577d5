/**
 * @file A name for what a document computes. Results that carry another name than the present document are stale.
 * Drawing, titles and doc texts are left out, so that moving a node keeps results fresh.
 */
import type { ModelClass, ModelDocument } from '../../core/document/index.ts';

/** 16 hexadecimal digits. Equal for documents that build, run and train alike, whatever the order of keys. */
export function hashDocument(document: ModelDocument): string {
  const { classes, root, settings, run } = document;
  const meaning = {
    classes: Object.fromEntries(Object.entries(classes).map(([id, modelClass]) => [id, meaningOf(modelClass)])),
    root,
    settings: settings.map(({ id: _id, ...setting }) => setting),
    run: { ...run, steps: undefined },
  };
  return hashText(stableJson(meaning));
}

function meaningOf(modelClass: ModelClass): Partial<ModelClass> {
  const { layout: _layout, doc: _doc, ...meaning } = modelClass;
  return meaning;
}

function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** FNV-1a over UTF-16 code units, twice with different starts: enough to tell documents of one session apart. */
function hashText(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 13);
  }
  return hex(low) + hex(high);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
