/**
 * @file A fingerprint of what a run computes, so that results can be shown as stale. Moving a node, a doc text, a note, the title, a view, a
 * bookmark or the number of steps to train changes nothing that was computed.
 */
import type { JsonValue, ModelClass, ModelDocument } from './schema.ts';

const hashes = new WeakMap<object, string>();

/** 16 hexadecimal digits; equal for documents that mean the same. Of what kept its identity the digest is remembered. */
export function hashDocument(document: ModelDocument): string {
  return remembered(document, () => {
    const { name: _name, views: _views, bookmarks: _bookmarks, classes, run, ...rest } = document;
    const { steps: _steps, ...ran } = run;
    const meant = Object.entries(classes).map(([id, modelClass]) => `${JSON.stringify(id)}:${hashClass(modelClass)}`);
    return [canonical(rest as unknown as JsonValue), canonical(ran as unknown as JsonValue), ...meant.sort()].join('\n');
  });
}

function hashClass({
  doc: _doc,
  layout: _layout,
  annotations: _annotations,
  fields,
  nodes,
  wires,
  members,
  probes,
  ...rest
}: ModelClass): string {
  const named = fields.map(({ doc: _fieldDoc, ...field }) => field);
  return [canonical([rest, named] as unknown as JsonValue), hashRecord(nodes), hashRecord(wires), hashList(members), hashList(probes)].join(
    ' ',
  );
}

/** The items of a record, whatever the order of its keys. */
function hashRecord(record: Readonly<Record<string, object>>): string {
  return remembered(record, () =>
    Object.keys(record)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${hashItem(record[key]!)}`)
      .join(),
  );
}

function hashList(list: readonly object[]): string {
  return remembered(list, () => list.map(hashItem).join());
}

function hashItem(item: object): string {
  return remembered(item, () => canonical(item as JsonValue));
}

function remembered(key: object, write: () => string): string {
  let hash = hashes.get(key);
  if (hash === undefined) hashes.set(key, (hash = digest(write())));
  return hash;
}

/** JSON with sorted keys. */
function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, JsonValue>>;
    const keys = Object.keys(record)
      .filter((key) => record[key] !== undefined)
      .sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(record[key]!)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** 16 hexadecimal digits. Two 32-bit hashes with different multipliers (the mixing of MurmurHash3's end): not against malice, only against chance. */
export function digest(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [b, a].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
