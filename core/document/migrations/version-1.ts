/**
 * @file Version 1 to 2: losses and data sources become a type with arguments, as optimisers were; settings and views that named Modules by
 * path name them by the ids of members, where the path leads to one. Text of a data file that lay inside stays with the source until
 * `parseDocument` takes it out as an asset.
 */
import { resolvePath } from '../references.ts';
import type { FilterSpec, JsonValue, ModelDocument } from '../schema.ts';
import type { Migration } from './migration.ts';

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is no document of version 1 passes as it is: the check of the format says what is wrong, with its place. */
export const fromVersion1: Migration = (document) => {
  const { run } = document;
  const typed = isRecord(run) ? { ...document, run: { ...run, source: toTyped(run['source']), loss: toTyped(run['loss']) } } : document;
  return { ...typed, ...mapFilterLists(typed) };
};

/** `{kind, …}` to `{type, args}`. */
function toTyped(value: unknown): unknown {
  if (!isRecord(value) || typeof value['kind'] !== 'string') return value;
  const { kind, ...args } = value;
  return { type: kind, args };
}

function mapFilterLists(document: Json): Json {
  const lists: Record<string, unknown> = {};
  for (const key of ['settings', 'views']) {
    const list = document[key];
    if (!Array.isArray(list)) continue;
    lists[key] = list.map((item: unknown) =>
      isRecord(item) && 'only' in item ? { ...item, only: toReferences(document, item['only']) } : item,
    );
  }
  return lists;
}

/** Paths that name members become references; those that lead nowhere stay as they were, and are problems to show. */
function toReferences(document: Json, filter: unknown): unknown {
  if (!isRecord(filter)) return filter;
  const { kind, of } = filter;
  if ((kind === 'any' || kind === 'all') && Array.isArray(of)) return { ...filter, of: of.map((each) => toReferences(document, each)) };
  if (kind === 'not') return { ...filter, of: toReferences(document, of) };
  if (kind !== 'pathIn' || !Array.isArray(filter['paths'])) return filter;
  try {
    const { paths } = filter as Extract<FilterSpec, { kind: 'pathIn' }>;
    const at = paths.map((path) => resolvePath(document as unknown as ModelDocument, path));
    return at.includes(undefined) ? filter : ({ kind: 'modules', at } as unknown as JsonValue);
  } catch {
    return filter; // not even the outline of a document: refused with its place by the check of the format
  }
}
