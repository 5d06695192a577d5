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
  const short = writeShort(value, key);
  const mustBreak = indent === '' || BY_ID.has(key);
  if (typeof value !== 'object' || value === null || short === '{}' || short === '[]') return short;
  if (!mustBreak && indent.length + used + short.length <= LINE_WIDTH) return short;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item: JsonValue) => inner + write(item, '', inner, 1)).join(',\n')}\n${indent}]`;
  }
  const rows = sortedEntries(value as Record<string, JsonValue>, key).map(([name, item]) => {
    const label = `${JSON.stringify(name)}: `;
    return inner + label + write(item, name, inner, label.length + 1);
  });
  return `{\n${rows.join(',\n')}\n${indent}}`;
}

function writeShort(value: JsonValue, key: string): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`Expected a finite number at "${key}", got ${value}. Set it to a number before saving.`);
    return Object.is(value, -0) ? '-0' : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => writeShort(item, '')).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const rows = sortedEntries(value as Record<string, JsonValue>, key).map(
      ([name, item]) => `${JSON.stringify(name)}: ${writeShort(item, name)}`,
    );
    return rows.length === 0 ? '{}' : `{ ${rows.join(', ')} }`;
  }
  return JSON.stringify(value);
}

function sortedEntries(record: Readonly<Record<string, JsonValue>>, key: string): [string, JsonValue][] {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  if (AS_GIVEN.has(key)) return entries;
  if (BY_ID.has(key)) return entries.sort(([a], [b]) => compareIds(a, b));
  return entries.sort(([a], [b]) => (RANKS.get(a) ?? Infinity) - (RANKS.get(b) ?? Infinity) || 0);
}
