/**
 * @file Document to text. Keys come in a fixed order, ids in counting order, and what is short stands on one line, so that a small
 * edit is a small difference. What this version does not know is written as it was read.
 */
import type { AssetTexts } from './assets.ts';
import { compareIds } from './ids.ts';
import type { JsonValue, ModelDocument } from './schema.ts';

/** Known keys, in the order in which they are written; all others follow as they came. */
const KEY_ORDER = `format version id kind name type op member doc default fields members nodes wires probes layout
  classes root class args repeat aliasOf only attributes settings views run
  from to at node port order shape dtype variableType value x y
  seed source file label scale testRows text batchSize loss optimizer steps`
  .split(/\s+/)
  .map((key, index) => [key, index] as const);
const RANKS: ReadonlyMap<string, number> = new Map(KEY_ORDER);
/** Records by id: their keys count. */
const BY_ID = new Set(['classes', 'nodes', 'wires', 'layout']);
/** Records whose keys are the user's or a type's: they stay in the order given. */
const AS_GIVEN = new Set(['args', 'attributes']);
const LINE_WIDTH = 140;

/**
 * The text of a document, with a line break at its end; with the texts of data that it names, where they are to travel with it. Throws on
 * what JSON cannot hold, rather than damaging it.
 */
export function writeDocument(document: ModelDocument, assets: AssetTexts = {}): string {
  const json = document as unknown as Readonly<Record<string, JsonValue>>;
  return `${write(Object.keys(assets).length === 0 ? json : { ...json, assets }, '', '', 0)}\n`;
}

function write(value: JsonValue, key: string, indent: string, used: number): string {
  if (typeof value !== 'object' || value === null) return writeScalar(value, key);
  const mustBreak = indent === '' || BY_ID.has(key);
  const short = mustBreak ? undefined : writeShort(value, key, LINE_WIDTH - indent.length - used);
  if (short !== undefined) return short;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item: JsonValue) => inner + write(item, '', inner, 1)).join(',\n')}\n${indent}]`;
  }
  const rows = sortedEntries(value as Record<string, JsonValue>, key).map(([name, item]) => {
    const label = `${JSON.stringify(name)}: `;
    return inner + label + write(item, name, inner, label.length + 1);
  });
  return rows.length === 0 ? '{}' : `{\n${rows.join(',\n')}\n${indent}}`;
}

function writeScalar(value: null | boolean | number | string, key: string): string {
  if (typeof value !== 'number') return JSON.stringify(value);
  if (!Number.isFinite(value)) throw new Error(`Expected a finite number at "${key}", got ${value}. Set it to a number before saving.`);
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}

/** One line of at most so many letters; undefined where it would be longer, which is found out without writing the rest. */
function writeShort(value: JsonValue, key: string, most: number): string | undefined {
  if (typeof value !== 'object' || value === null) {
    const text = writeScalar(value, key);
    return text.length <= most ? text : undefined;
  }
  const isList = Array.isArray(value);
  const entries: readonly (readonly [string, JsonValue])[] = isList
    ? value.map((item: JsonValue) => ['', item] as const)
    : sortedEntries(value as Record<string, JsonValue>, key);
  if (entries.length === 0) return isList ? '[]' : '{}';
  let text = isList ? '[' : '{ ';
  const end = isList ? ']' : ' }';
  for (const [i, [name, item]] of entries.entries()) {
    text += (i > 0 ? ', ' : '') + (isList ? '' : `${JSON.stringify(name)}: `);
    const part = writeShort(item, name, most - text.length - end.length);
    if (part === undefined) return undefined;
    text += part;
  }
  return text + end;
}

function sortedEntries(record: Readonly<Record<string, JsonValue>>, key: string): [string, JsonValue][] {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  if (AS_GIVEN.has(key)) return entries;
  if (BY_ID.has(key)) return entries.sort(([a], [b]) => compareIds(a, b));
  return entries.sort(([a], [b]) => (RANKS.get(a) ?? Infinity) - (RANKS.get(b) ?? Infinity) || 0);
}
