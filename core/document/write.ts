/**
 * @file Document to text. Keys come in a fixed order, ids in counting order, and what is short stands on one line, so that a small
 * edit is a small difference. What this version does not know is written as it was read.
 */
import type { AssetTexts } from './assets.ts';
import { compareIds } from './ids.ts';
import type { JsonValue, ModelDocument } from './schema.ts';
import { drain, type Steps } from './steps.ts';
import { writtenVersion } from './written-version.ts';

/** Known keys, in the order in which they are written; all others follow as they came. */
const KEY_ORDER =
  `format version id kind name type op member method variable bypass doc default fields members nodes wires probes layout annotations
  title color classes root class args repeat aliasOf only attributes settings views bookmarks instance run
  from to at node port order shape dtype variableType value x y width height zoom
  seed source file label scale testRows text batchSize loss optimizer steps`
    .split(/\s+/)
    .map((key, index) => [key, index] as const);
const RANKS: ReadonlyMap<string, number> = new Map(KEY_ORDER);
/** Records by id: their keys count. */
const BY_ID = new Set(['classes', 'nodes', 'wires', 'layout']);
/** Records whose keys are the user's or a type's: they stay in the order given. */
const AS_GIVEN = new Set(['args', 'attributes']);
const LINE_WIDTH = 140;
/** Pieces between two pauses: about two milliseconds. */
const STEP = 512;

/**
 * The text of a document, with a line break at its end; with the texts of data that it names, where they are to travel with it. Throws on
 * what JSON cannot hold, rather than damaging it.
 */
export function writeDocument(document: ModelDocument, assets: AssetTexts = {}): string {
  return drain(writeInSteps(document, assets));
}

/** The same in steps of a few milliseconds, for who writes a large document in the background. */
export function* writeInSteps(document: ModelDocument, assets: AssetTexts = {}): Steps<string> {
  const json = { ...document, version: writtenVersion(document) } as unknown as Readonly<Record<string, JsonValue>>;
  const parts: string[] = [];
  let count = 0;
  for (const part of write(Object.keys(assets).length === 0 ? json : { ...json, assets }, '', '', 0)) {
    parts.push(part);
    if (++count % STEP === 0) yield;
  }
  parts.push('\n');
  return parts.join('');
}

/** The text of a value in pieces: those of a record or list that is not on one line come one by one. */
function* write(value: JsonValue, key: string, indent: string, used: number): Generator<string> {
  const short = indent === '' || BY_ID.has(key) ? undefined : writeShort(value, key, LINE_WIDTH - indent.length - used);
  if (short !== undefined) return yield short;
  if (typeof value !== 'object' || value === null) return yield writeScalar(value, key);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const entries = isList ? value.map((item: JsonValue) => ['', item] as const) : sortedEntries(value as Record<string, JsonValue>, key);
  const [start, end] = isList ? '[]' : '{}';
  if (entries.length === 0) return yield `${start}${end}`;
  let before = `${start}\n${inner}`;
  for (const [name, item] of entries) {
    const label = isList ? '' : `${JSON.stringify(name)}: `;
    yield before + label;
    yield* write(item, name, inner, label.length + 1);
    before = `,\n${inner}`;
  }
  yield `\n${indent}${end}`;
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
