/** @file Remembers what was inferred about a class, as long as neither it nor a class that it uses has changed. */
import { classesUsedBy, findClass } from '../document/find.ts';
import type { ModelClass, ModelDocument } from '../document/schema.ts';
import type { Instance } from './instance.ts';

interface Entry {
  /** The parts of every class that the result depends on, itself first. */
  readonly parts: readonly unknown[];
  readonly instance: Instance;
}

const MAX_USES = 64; // different arguments or input shapes of one class; more are inferred anew
const memo = new WeakMap<ModelClass['nodes'], Map<string, Entry>>();

/** The remembered instance for this use of a class, or what `infer` gives. Layout, docs and probes do not count. */
export function remember(document: ModelDocument, modelClass: ModelClass, key: string, infer: () => Instance): Instance {
  let uses = memo.get(modelClass.nodes);
  if (!uses) memo.set(modelClass.nodes, (uses = new Map<string, Entry>()));
  const parts = partsOf(document, modelClass);
  const known = uses.get(key);
  if (known && known.parts.length === parts.length && known.parts.every((part, i) => part === parts[i])) return known.instance;
  const instance = infer();
  if (uses.size >= MAX_USES) uses.clear();
  uses.set(key, { parts, instance });
  return instance;
}

function partsOf(document: ModelDocument, start: ModelClass): readonly unknown[] {
  const parts: unknown[] = [];
  const seen = new Set<string>();
  const visit = (modelClass: ModelClass) => {
    if (seen.has(modelClass.id)) return;
    seen.add(modelClass.id);
    parts.push(modelClass.id, modelClass.name, modelClass.nodes, modelClass.wires, modelClass.members, modelClass.fields);
    for (const id of classesUsedBy(modelClass)) {
      const used = findClass(document, id);
      if (used) visit(used);
      else parts.push(null);
    }
  };
  visit(start);
  return parts;
}
