/** @file Documents with something wrong in them: examples in which values were replaced by others, as far as they can still be opened. */
import { parseDocument } from '../document/parse.ts';
import type { JsonValue, ModelDocument } from '../document/schema.ts';
import { EVERY_PLACE } from './hostile-documents.ts';
import { EXAMPLES, exampleText } from './examples.ts';

type Key = string | number;
type Container = Record<Key, JsonValue>;
const faults = import.meta.glob<string>('./faults/*.espalier', { query: '?raw', import: 'default', eager: true });

const NUMBERS = [-1, 0, 1, 2, 3, 0.5, 1e308, 2 ** 40, 2 ** 53];
const WORDS = ['', 'x', 'y', 'n1', 'm1', 'c1', 'batch', 'float32', 'bfloat16', 'constructor', '__proto__', 'toString'];
const TYPES = ['class:c1', 'Linear', 'BatchNorm', 'MultiHeadAttention', 'LoRA', 'RNN', 'relu', 'concatenate', 'einsum', 'split', 'reshape'];
const EXPRESSIONS = [{ $: 'x' }, { $: '1 +' }, { $: 'width // 0' }];
const ODD: readonly JsonValue[] = [
  ...NUMBERS,
  ...WORDS,
  ...TYPES,
  ...EXPRESSIONS,
  null,
  true,
  false,
  [],
  {},
  [1, 'a'],
  [0],
  [-1, -1],
  [[1, 2], [3]],
];

const texts: readonly (readonly [name: string, text: string])[] = [
  ...EXAMPLES.map((name) => [name, exampleText(name)] as const),
  ['every place', JSON.stringify(EVERY_PLACE)],
  ...Object.entries(faults).map(([file, text]) => [file.replace(/^.*\/|\.espalier$/g, ''), text] as const),
];
const starts = texts.map(([name, text]) => ({
  name,
  text,
  places: placesIn(JSON.parse(text) as JsonValue),
}));

/** How many documents one can start from. */
export const STARTS = starts.length;
export const START_NAMES: readonly string[] = starts.map(({ name }) => name);

/** The path of every value. */
function placesIn(json: JsonValue, path: readonly Key[] = []): (readonly Key[])[] {
  const inner = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  return inner.flatMap(([key, each]) => [[...path, key], ...placesIn(each as JsonValue, [...path, key])]);
}

/** The document after the changes, each a place and a value, that leave it one that can be opened. */
export function faultyDocument(which: number, changes: readonly (readonly [place: number, value: number])[]): ModelDocument {
  const { text, places } = starts[which]!;
  const json = JSON.parse(text) as Container;
  for (const [place, value] of changes) {
    const path = places[place % places.length]!;
    let target: JsonValue | undefined = json as JsonValue;
    for (const key of path.slice(0, -1)) target = (target as Container | undefined)?.[key];
    if (typeof target !== 'object' || target === null) continue;
    const container = target as Container;
    const last = path.at(-1)!;
    const before = container[last];
    container[last] = structuredClone(ODD[value % ODD.length]!);
    if (!parseDocument(JSON.stringify(json)).ok) container[last] = before!;
  }
  const result = parseDocument(JSON.stringify(json));
  if (!result.ok) throw new Error(result.refusals[0]!.message);
  return result.document;
}
