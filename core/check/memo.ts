/** @file Remembers what was inferred about a class, as long as neither it nor a class that it uses has changed. */
import { classesUsedBy, findClass } from '../document/find.ts';
import type { ClassId, ModelClass, ModelDocument } from '../document/schema.ts';
import type { Instance } from './instance.ts';
import { scopeArgs } from './scope.ts';

interface Entry {
  /** The parts of every class that the result depends on, itself first. */
  readonly parts: readonly unknown[];
  readonly instance: Instance;
}

const MAX_USES = 4096; // different arguments or input shapes of one class; the oldest are then inferred anew
const memo = new WeakMap<ModelClass['nodes'], Map<string, Entry>>();

/** The latest instance of a class under some field values, kept as long as something else needs it. */
const latest = new Map<string, WeakRef<Instance>>();
const MAX_LATEST = 256;

export interface UseKey {
  /** The values of the fields, as text. */
  readonly scope: string;
  /** What comes in, as text. */
  readonly inputs: string;
}

/** What is known of a use of a class: its instance, or the one to go on from, and what keeps the new one. */
export type Recalled =
  | { readonly instance: Instance }
  | { readonly instance: undefined; readonly previous: Instance | undefined; keep(instance: Instance): Instance };

/**
 * The remembered instance for this use of a class, or the latest under the same field values, of which what is still true may be taken over.
 * Layout, docs and probes do not count.
 */
export function recall(document: ModelDocument, modelClass: ModelClass, { scope, inputs }: UseKey): Recalled {
  const key = scope + inputs;
  const uses = memo.get(modelClass.nodes) ?? new Map<string, Entry>();
  memo.set(modelClass.nodes, uses);
  const parts = partsOf(document, modelClass.id);
  const known = uses.get(key);
  if (known && isSameParts(known.parts, parts)) return { instance: known.instance };
  const name = `${modelClass.id} ${scope}`;
  return {
    instance: undefined,
    previous: latest.get(name)?.deref(),
    keep(instance) {
      uses.delete(key);
      dropOldest(uses, MAX_USES);
      uses.set(key, { parts, instance });
      setLatest(name, instance);
      return instance;
    },
  };
}

/** What is shown again, such as after an undo, is what the next edit goes on from. */
export function touch(instance: Instance): void {
  setLatest(`${instance.class.id} ${JSON.stringify(scopeArgs(instance.scope))}`, instance);
}

function setLatest(name: string, instance: Instance): void {
  latest.delete(name);
  dropOldest(latest, MAX_LATEST);
  latest.set(name, new WeakRef(instance));
}

const second = new WeakMap<Instance, Map<string, Instance>>();

/**
 * The instance for a second call of the Module that `built` is, with these inputs as text: itself for the same ones. In a tree of classes each of
 * which is called twice this is what keeps the work from doubling with every level.
 */
export function rememberSecond(built: Instance, inputs: string, infer: () => Instance): Instance {
  if (JSON.stringify(built.inputs) === inputs) return built;
  let uses = second.get(built);
  if (!uses) second.set(built, (uses = new Map<string, Instance>()));
  let instance = uses.get(inputs);
  if (!instance) {
    instance = infer();
    dropOldest(uses, MAX_USES);
    uses.set(inputs, instance);
  }
  return instance;
}

function dropOldest(map: Map<string, unknown>, limit: number): void {
  if (map.size < limit) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

export function isSameParts(a: readonly unknown[] | undefined, b: readonly unknown[]): boolean {
  return a === b || (a?.length === b.length && b.every((part, i) => part === a[i]));
}

const partsByDocument = new WeakMap<ModelDocument['classes'], Map<ClassId, readonly unknown[]>>();

/** All that the inference of a class hangs on, itself and the classes that it uses: equal parts give equal instances. */
export function partsOf(document: ModelDocument, start: ClassId): readonly unknown[] {
  let known = partsByDocument.get(document.classes);
  if (!known) partsByDocument.set(document.classes, (known = new Map()));
  let parts = known.get(start);
  if (!parts) known.set(start, (parts = collectParts(document, start)));
  return parts;
}

function collectParts(document: ModelDocument, start: ClassId): readonly unknown[] {
  const parts: unknown[] = [];
  const seen = new Set<ClassId>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const modelClass = findClass(document, id);
    if (!modelClass) {
      parts.push(id, null);
      continue;
    }
    parts.push(id, modelClass.name, modelClass.nodes, modelClass.wires, modelClass.members, modelClass.fields);
    waiting.push(...classesUsedBy(modelClass).toReversed());
  }
  return parts;
}
