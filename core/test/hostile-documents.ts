/** @file Documents whose texts try to become code: every text of an example in turn, replaced by one that would run if it were written as it is. */
import { parseDocument } from '../document/parse.ts';
import type { ModelDocument } from '../document/schema.ts';

/** In every hostile text; nothing else of a document holds it. */
export const MARK = 'PWNED';

export const HOSTILE: readonly string[] = [
  `__import__('os').system('${MARK}')`,
  `x = ${MARK}\n${MARK}()`,
  `"""\n${MARK}()\n"""`,
  `'''\r${MARK}()\r'''`,
  `', ${MARK}(), '`,
  `")\n${MARK}()\n#`,
  `\u2028${MARK}()`,
  `\u0000${MARK}()`,
  `a\\'); ${MARK}()#`,
  `lambda: ${MARK}`,
  `*${MARK}`,
  `#${MARK}\n ${MARK}()`,
  `0] + ${MARK}[0`,
  `\ud800${MARK} ()`,
  `${MARK} if True else 0`,
];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Keys whose texts are the grammar of the format, or ids. */
const GRAMMAR = new Set(['format', 'kind', 'id', 'dtype']);

/** Places of texts in a document: the keys from the top. */
export function textPlaces(json: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof json === 'string') return GRAMMAR.has(String(path.at(-1))) ? [] : [path];
  if (Array.isArray(json)) return json.flatMap((each, i) => textPlaces(each, [...path, i]));
  if (typeof json === 'object' && json !== null) return Object.entries(json).flatMap(([key, each]) => textPlaces(each, [...path, key]));
  return [];
}

/** A document with hostile texts at some places; undefined where it is no document any more. */
export function withHostileTexts(text: string, choices: readonly (readonly [place: number, text: number])[]): ModelDocument | undefined {
  const json = JSON.parse(text) as Json;
  const places = textPlaces(json);
  for (const [place, which] of choices) {
    const path = places[place % places.length]!;
    let at = json as Record<string | number, Json>;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, Json>;
    at[path.at(-1)!] = HOSTILE[which % HOSTILE.length]!;
  }
  const result = parseDocument(JSON.stringify(json));
  return result.ok ? result.document : undefined;
}

/** A document that has a text in every kind of place: fields with expressions, probes, settings, views, initializers, dtypes, activations. */
export const EVERY_PLACE = JSON.stringify({
  format: 'espalier',
  version: 2,
  name: 'Every place',
  classes: {
    inner: {
      id: 'inner',
      name: 'Inner',
      doc: 'A doc.',
      fields: [
        { name: 'width', type: 'int', default: 4, doc: 'Its width.' },
        { name: 'label', type: 'text', default: 'plain' },
        { name: 'rate', type: 'float', default: { $: '1 / 2' } },
      ],
      members: [
        {
          id: 'm1',
          name: 'linear',
          type: 'Linear',
          args: { inFeatures: 3, outFeatures: { $: '2 * width' }, kernelInit: 'lecunNormal', dtype: 'float32' },
        },
        { id: 'm2', name: 'drops', type: 'Dropout', args: { rate: 0.5, rngCollection: 'dropout' }, repeat: { $: 'width - 2' } },
        { id: 'm3', name: 'again', type: 'Linear', args: {}, aliasOf: 'm1' },
        { id: 'm4', name: 'second', type: 'Linear', args: { outFeatures: 2, kernelInit: { name: 'constant', value: 0.5 } } },
      ],
      nodes: {
        n1: { id: 'n1', kind: 'input', name: 'x', order: 0, shape: ['batch', 3], dtype: 'float32' },
        n2: { id: 'n2', kind: 'call', member: 'm1' },
        n3: { id: 'n3', kind: 'call', member: 'm2' },
        n4: { id: 'n4', kind: 'op', op: 'slice', args: { index: ':, 1:' } },
        n5: { id: 'n5', kind: 'op', op: 'cast', args: { dtype: 'float32' } },
        n6: { id: 'n6', kind: 'op', op: 'einsum', args: { equation: 'ij->ij', inputs: 1 } },
        n7: { id: 'n7', kind: 'call', member: 'm4' },
        n8: { id: 'n8', kind: 'output', name: 'y', order: 0 },
        n9: { id: 'n9', kind: 'output', name: 'z', order: 1 },
      },
      wires: {
        w1: { id: 'w1', from: { node: 'n1', port: 'out' }, to: { node: 'n2', port: 'x' } },
        w2: { id: 'w2', from: { node: 'n2', port: 'y' }, to: { node: 'n3', port: 'x' } },
        w3: { id: 'w3', from: { node: 'n3', port: 'y' }, to: { node: 'n4', port: 'x' } },
        w4: { id: 'w4', from: { node: 'n4', port: 'y' }, to: { node: 'n5', port: 'x' } },
        w5: { id: 'w5', from: { node: 'n5', port: 'y' }, to: { node: 'n6', port: 'x0' } },
        w6: { id: 'w6', from: { node: 'n6', port: 'y' }, to: { node: 'n7', port: 'x' } },
        w7: { id: 'w7', from: { node: 'n7', port: 'y' }, to: { node: 'n8', port: 'in' } },
        w8: { id: 'w8', from: { node: 'n6', port: 'y' }, to: { node: 'n9', port: 'in' } },
      },
      probes: [
        { id: 'p1', at: { node: 'n2', port: 'y' }, kind: 'sow', name: 'hidden', variableType: 'Intermediate' },
        { id: 'p2', at: { node: 'n4', port: 'y' }, kind: 'perturb', name: 'cut', variableType: 'Special' },
      ],
      layout: {},
    },
    outer: {
      id: 'outer',
      name: 'Outer',
      doc: '',
      fields: [],
      members: [{ id: 'm1', name: 'part', type: 'class:inner', args: { width: 4, label: 'other' } }],
      nodes: {
        n1: { id: 'n1', kind: 'input', name: 'x', order: 0, shape: ['batch', 3], dtype: 'float32' },
        n2: { id: 'n2', kind: 'call', member: 'm1' },
        n3: { id: 'n3', kind: 'output', name: 'y', order: 0 },
      },
      wires: {
        w1: { id: 'w1', from: { node: 'n1', port: 'out' }, to: { node: 'n2', port: 'x' } },
        w2: { id: 'w2', from: { node: 'n2', port: 'y' }, to: { node: 'n3', port: 'in' } },
      },
      probes: [],
      layout: {},
    },
  },
  root: { class: 'outer', args: {} },
  settings: [
    {
      id: 's1',
      kind: 'set',
      only: {
        kind: 'any',
        of: [
          { kind: 'type', type: 'Dropout' },
          { kind: 'tag', tag: 'a' },
        ],
      },
      attributes: { deterministic: true },
    },
    { id: 's2', kind: 'set', only: { kind: 'path', contains: 'part', exact: false }, attributes: { label: 'text' } },
    { id: 's3', kind: 'set', only: { kind: 'pathIn', paths: [['part', 'drops', 0]] }, attributes: { rate: 0.25 } },
  ],
  views: [{ id: 'v1', name: 'calm', only: { kind: 'not', of: { kind: 'type', type: 'Inner' } }, attributes: { deterministic: true } }],
  run: {
    seed: 0,
    source: { type: 'csv', args: { file: 'a.csv', label: 'y', scale: 1, testRows: 0 } },
    batchSize: 1,
    loss: { type: 'mean', args: {} },
    optimizer: { type: 'sgd', args: { learningRate: 0.1 } },
    steps: 1,
  },
});
