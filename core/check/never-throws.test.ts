/** @file Whatever a document holds, it is checked, edited, hashed and written without an error of ours. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../build/build-model.ts';
import { hashDocument } from '../document/hash.ts';
import { parseDocument } from '../document/parse.ts';
import type { JsonValue, ModelDocument } from '../document/schema.ts';
import { emitDocument } from '../emit/emit-document.ts';
import { dispose } from '../nnx/dispose.ts';
import { EVERY_PLACE } from '../test/hostile-documents.ts';
import { EXAMPLES, exampleText } from '../test/examples.ts';
import { applyRandomEdits } from '../test/random-edits.ts';
import { checkDocument } from './check-document.ts';
import { nodePorts } from './ports.ts';

type Key = string | number;
type Container = Record<Key, JsonValue>;
const faults = import.meta.glob<string>('../test/faults/*.espalier', { query: '?raw', import: 'default', eager: true });

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

const starts = [...EXAMPLES.map(exampleText), JSON.stringify(EVERY_PLACE), ...Object.values(faults)].map((text) => ({
  text,
  places: placesIn(JSON.parse(text) as JsonValue),
}));

/** The path of every value. */
function placesIn(json: JsonValue, path: readonly Key[] = []): (readonly Key[])[] {
  const inner = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  return inner.flatMap(([key, each]) => [[...path, key], ...placesIn(each as JsonValue, [...path, key])]);
}

/** The document after the changes that leave it one that can be opened. */
function changed(which: number, changes: readonly (readonly [number, number])[]): ModelDocument {
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

/** Asks all that the editor asks of a document. */
function look(document: ModelDocument) {
  const check = checkDocument(document);
  expect(check.problems.filter(({ code }) => code.startsWith('internal/'))).toEqual([]);
  for (const { id, nodes } of Object.values(document.classes))
    for (const node of Object.keys(nodes)) {
      nodePorts(document, id, node);
      check.problemsAt(id, [], node);
    }
  return check;
}

describe('whatever a document holds', () => {
  it('it is checked, hashed, written and edited without an error of ours; and built, where nothing is wrong with it', () => {
    const change = fc.tuple(fc.nat(), fc.nat());
    fc.assert(
      fc.property(
        fc.nat(starts.length - 1),
        fc.array(change, { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (which, changes, edits) => {
          const document = changed(which, changes);
          const check = look(document);
          expect(emitDocument(document, 'flax').ok).toBe(true);
          expect(hashDocument(document)).toMatch(/./);
          if (check.isSound && check.parameters < 100_000 && check.modules < 1000) dispose(buildModel(document).model);
          if (document.classes[document.root.class]) applyRandomEdits(document, edits, look);
        },
      ),
      { seed: 21, numRuns: 300 },
    );
  });
});
