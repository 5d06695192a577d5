/** @file What a document means, apart from how it is drawn: documents that mean the same have one check. */
import type { ModelDocument } from '../document/schema.ts';

interface Remembered {
  readonly parts: readonly unknown[];
  readonly files: object;
}

const meanings = new WeakMap<object, Remembered>();
/** The latest checks, as long as something else needs them. */
let recent: readonly WeakRef<object>[] = [];
const MAX_RECENT = 16;

/** What was kept for a document that meant the same. One caller: what it keeps is of one type. */
export function recallMeaning<T extends object>(document: ModelDocument, files: object): T | undefined {
  const parts = meaningOf(document);
  for (const reference of recent) {
    const check = reference.deref();
    const known = check && meanings.get(check);
    if (known?.files === files && isSame(known.parts, parts)) return check as T;
  }
  return undefined;
}

/** Keeps an answer for documents that mean the same. */
export function keepMeaning(document: ModelDocument, files: object, check: object): void {
  meanings.set(check, { parts: meaningOf(document), files });
  recent = [new WeakRef(check), ...recent.slice(0, MAX_RECENT - 1)];
}

/** Whether all that is checked, built and drawn of two documents is the same: they differ in places, docs and titles at most. */
export function meansTheSame(a: ModelDocument, b: ModelDocument): boolean {
  return a === b || isSame(meaningOf(a), meaningOf(b));
}

/** The parts that count, in one order. Layout, docs and the document's title do not. */
function meaningOf(document: ModelDocument): readonly unknown[] {
  const { classes, root, settings, views, run } = document;
  const parts: unknown[] = [root, settings, views, run];
  for (const { id, name, nodes, wires, members, fields, probes } of Object.values(classes))
    parts.push(id, name, nodes, wires, members, fields, probes);
  return parts;
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
