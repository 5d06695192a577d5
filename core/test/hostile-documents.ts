/** @file Documents whose texts try to become code: a model that uses every place that holds text, with other texts in some of them. */
import fc from 'fast-check';
import { VERSION, type ModelDocument } from '../document/schema.ts';

/** What no emitted code may hold outside literals and comments. */
export const MARKER = 'PWNED';

/** Texts that would run, or break the code, if they were written as they are. */
export const HOSTILE: readonly string[] = [
  `__import__('os').system('${MARKER}')`,
  `x\n${MARKER}()`,
  `x\r${MARKER}()\r`,
  `'); ${MARKER}() #`,
  `"""\n${MARKER}()\n"""`,
  `\\`,
  `\\'); ${MARKER}() #`,
  `\\"""; ${MARKER}()`,
  `a\u2028${MARKER}()\u2029`,
  `a\u0085${MARKER}()\f${MARKER}()\v${MARKER}()`,
  `\u202e${MARKER}()\u2066`,
  `\u0000${MARKER}()`,
  `\ud800${MARKER}()`,
  `a = ${MARKER}()`,
  `a, b=${MARKER}()`,
  `1)\n${MARKER}()\n(`,
  `width + ${MARKER}()`,
  `[${MARKER}() for _ in range(3)]`,
  `${MARKER} é`,
  `#${MARKER}()`,
  `{${MARKER}()}`,
  `0]; ${MARKER}(); [0`,
  `class`,
  `lambda`,
  `self`,
  `nnx`,
  `\uff30\uff37${MARKER}`,
  ``,
  ` `,
  `constructor`,
  `__proto__`,
];

/** A text of any of these forms, alone, behind another, or as an expression. */
const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.tuple(fc.constantFrom(...HOSTILE), fc.constantFrom(...HOSTILE)).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `${text}(${MARKER})`),
);

/** Keys and values that say what a part is, not what it is called. */
const STRUCTURE = new Set('format version id kind at node port from to order class member aliasOf'.split(' '));

/** Words of a closed list, which a document with another word is refused for. */
const CLOSED = /\/(nodes\/\w+\/dtype|fields\/\d+\/type)$/;

/** Places of texts in a document: the keys from the top. */
function textPlaces(json: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof json === 'string') return STRUCTURE.has(String(path.at(-1))) || CLOSED.test(`/${path.join('/')}`) ? [] : [path];
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, each]) => textPlaces(each as Json, [...path, Array.isArray(json) ? Number(key) : key]));
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
interface Change {
  readonly text: string;
  /** 0 … 99: which texts are changed, by a hash of their place. */
  readonly salt: number;
  readonly share: number;
  readonly asExpression: boolean;
}

/** The document with some of its texts replaced, keys of arguments and attributes among them. */
function spoil(json: Json, change: Change, place: string): Json {
  const isHit = (at: string) => hash(`${change.salt} ${at}`) % 100 < change.share;
  if (typeof json === 'string') return isHit(place) ? change.text : json;
  if (Array.isArray(json)) return json.map((item: Json, i) => spoil(item, change, `${place}/${i}`));
  if (typeof json !== 'object' || json === null) {
    const isArgument = /\/(args|repeat|default|value|attributes|shape)(\/|$)/.test(place);
    return isArgument && change.asExpression && isHit(place) ? { $: change.text } : json;
  }
  return Object.fromEntries(
    Object.entries(json).map(([key, item]) => {
      const at = `${place}/${key}`;
      const isNamed = /\/(args|attributes|kernelInit)$/.test(place);
      if (!isNamed && (STRUCTURE.has(key) || CLOSED.test(at))) return [key, item];
      return [isNamed && isHit(`key of ${at}`) ? change.text : key, spoil(item, change, at)];
    }),
  );
}

function hash(text: string): number {
  let value = 7;
  for (const character of text) value = (value * 31 + character.codePointAt(0)!) % 1_000_003;
  return value;
}

/** Every hostile text in all places at once, in some, and in single ones. */
export const hostileDocument: fc.Arbitrary<ModelDocument> = fc
  .record({ text: hostileText, salt: fc.nat(999), share: fc.constantFrom(2, 2, 5, 20, 100), asExpression: fc.boolean() })
  .map((change) => spoil(EVERY_PLACE as unknown as Json, change, '') as unknown as ModelDocument);

const NODE = (id: string, rest: object) => [id, { id, ...rest }] as const;
const WIRE = (id: string, from: string, to: string) => {
  const [a = '', b = ''] = from.split('.');
  const [c = '', d = ''] = to.split('.');
  return [id, { id, from: { node: a, port: b }, to: { node: c, port: d } }] as const;
};

/** A sound model that uses every place that holds text. */
export const EVERY_PLACE: ModelDocument = {
  format: 'espalier',
  version: VERSION,
  name: 'Every place',
  classes: {
    block: {
      id: 'block',
      name: 'Block',
      doc: 'A block.\nOf two lines.',
      fields: [
        { name: 'width', type: 'int', doc: 'How wide.' },
        { name: 'rate', type: 'float', default: 0.5, doc: 'How much is dropped.' },
        { name: 'word', type: 'text', default: 'a word' },
        { name: 'flag', type: 'bool', default: true },
      ],
      members: [
        {
          id: 'm1',
          name: 'linear',
          type: 'Linear',
          args: {
            inFeatures: { $: 'width' },
            outFeatures: { $: '2 * width' },
            kernelInit: { name: 'truncatedNormal', stddev: 0.5 },
            biasInit: 'zeros',
            dtype: 'float32',
          },
        },
        { id: 'm2', name: 'drop', type: 'Dropout', args: { rate: { $: 'rate' }, rngCollection: 'dropout' } },
        { id: 'm3', name: 'again', type: 'Linear', args: {}, aliasOf: 'm1' },
      ],
      nodes: Object.fromEntries([
        NODE('n1', { kind: 'input', name: 'x', order: 0, shape: ['batch', { $: 'width' }], dtype: 'float32' }),
        NODE('n2', { kind: 'call', member: 'm1' }),
        NODE('n3', { kind: 'call', member: 'm2' }),
        NODE('n4', { kind: 'op', op: 'reshape', args: { shape: [-1, { $: '2 * width' }] } }),
        NODE('n5', { kind: 'op', op: 'slice', args: { index: ':, 1:' } }),
        NODE('n6', { kind: 'op', op: 'cast', args: { dtype: 'float32' } }),
        NODE('n7', { kind: 'output', name: 'y', order: 0 }),
      ]) as ModelDocument['classes'][string]['nodes'],
      wires: Object.fromEntries([
        WIRE('w1', 'n1.out', 'n2.x'),
        WIRE('w2', 'n2.y', 'n3.x'),
        WIRE('w3', 'n3.y', 'n4.x'),
        WIRE('w4', 'n4.y', 'n5.x'),
        WIRE('w5', 'n5.y', 'n6.x'),
        WIRE('w6', 'n6.y', 'n7.in'),
      ]),
      probes: [
        { id: 'p1', at: { node: 'n2', port: 'y' }, kind: 'sow', name: 'hidden', variableType: 'Intermediate' },
        { id: 'p2', at: { node: 'n3', port: 'y' }, kind: 'perturb', name: 'dropped', variableType: 'MyType' },
      ],
      layout: {},
    },
    root: {
      id: 'root',
      name: 'Net',
      doc: '',
      fields: [{ name: 'depth', type: 'int', default: 2 }],
      members: [
        { id: 'm1', name: 'cell', type: 'SimpleCell', args: { hiddenFeatures: 4, activationFn: 'relu' } },
        { id: 'm2', name: 'block', type: 'class:block', args: { width: 4, word: 'other' } },
        { id: 'm3', name: 'hidden', type: 'Linear', args: { outFeatures: 7 }, repeat: { $: 'depth' } },
        { id: 'm4', name: 'conv', type: 'Conv', args: { inFeatures: 2, outFeatures: 3, kernelSize: [3], padding: 'SAME' } },
        { id: 'm5', name: 'rnn', type: 'RNN', args: { cell: 'GRUCell', inFeatures: 2, hiddenFeatures: 7 } },
        { id: 'm6', name: 'mix', type: 'Einsum', args: { einsumStr: 'ab,bc->ac', kernelShape: [7, 7], biasShape: [7] } },
      ],
      nodes: Object.fromEntries([
        NODE('n1', { kind: 'input', name: 'state', order: 0, shape: ['batch', 4], dtype: 'float32' }),
        NODE('n2', { kind: 'input', name: 'x', order: 1, shape: ['batch', 3], dtype: 'float32' }),
        NODE('n3', { kind: 'call', member: 'm1' }),
        NODE('n4', { kind: 'call', member: 'm2' }),
        NODE('n5', { kind: 'call', member: 'm3' }),
        NODE('n6', { kind: 'constant', value: [1, 2.5], dtype: 'float32' }),
        NODE('n7', { kind: 'op', op: 'einsum', args: { equation: 'ab,cb->ac' } }),
        NODE('n8', { kind: 'op', op: 'pad', args: { padding: [[0, 1]], mode: 'edge' } }),
        NODE('n9', { kind: 'call', member: 'm6' }),
        NODE('n10', { kind: 'output', name: 'logits', order: 0 }),
        NODE('n11', { kind: 'output', name: 'aux', order: 1 }),
      ]) as ModelDocument['classes'][string]['nodes'],
      wires: Object.fromEntries([
        WIRE('w1', 'n1.out', 'n3.h'),
        WIRE('w2', 'n2.out', 'n3.x'),
        WIRE('w3', 'n3.h', 'n4.x'),
        WIRE('w4', 'n4.y', 'n5.x'),
        WIRE('w5', 'n5.y', 'n9.x'),
        WIRE('w6', 'n7.y', 'n10.in'),
        WIRE('w9', 'n9.y', 'n7.x0'),
        WIRE('w10', 'n9.y', 'n7.x1'),
        WIRE('w7', 'n6.out', 'n8.x'),
        WIRE('w8', 'n8.y', 'n11.in'),
      ]),
      probes: [{ id: 'p1', at: { node: 'n5', port: 'y' }, kind: 'sow', name: 'features', variableType: 'Intermediate' }],
      layout: {},
    },
  },
  root: { class: 'root', args: { depth: 2 } },
  settings: [
    { id: 's1', kind: 'eval' },
    {
      id: 's2',
      kind: 'set',
      only: {
        kind: 'any',
        of: [
          { kind: 'type', type: 'Dropout' },
          { kind: 'type', type: 'Block' },
          { kind: 'tag', tag: 'a tag' },
          { kind: 'path', contains: 'hidden', exact: true },
          { kind: 'path', contains: 'Hid', exact: false },
          { kind: 'pathIn', paths: [['block', 'drop']] },
          { kind: 'modules', at: [['m2', 'm2'], ['m3', 0], [{ attribute: 'cell' }]] },
          { kind: 'not', of: { kind: 'type', type: 'Linear' } },
        ],
      },
      attributes: { deterministic: true, rate: 0.25 },
    },
  ],
  views: [
    {
      id: 'v1',
      name: 'training',
      only: { kind: 'all', of: [{ kind: 'type', type: 'Dropout' }, { kind: 'everything' }] },
      attributes: { deterministic: false },
    },
  ],
  run: {
    seed: 3,
    source: { type: 'csv', args: { file: 'a.csv', label: 'species', scale: 1, testRows: 3 } },
    batchSize: 4,
    loss: { type: 'crossEntropy', args: {} },
    optimizer: { type: 'adam', args: { learningRate: 0.01 } },
    steps: 5,
  },
};

const TEXTS_OF_A_PLACE = 4;

const PLACES = textPlaces(EVERY_PLACE as unknown as Json);
const partOf = (path: readonly (string | number)[]): string => path.slice(0, 3).join('/');

/** The parts of the model of every place, such as `classes/block/nodes`, that hold texts. */
export const HOSTILE_PARTS: readonly string[] = [...new Set(PLACES.map(partOf))];

/** The model with a hostile text alone in each place of a part in turn, several for each place, other ones for the next. */
export function* hostileAlone(part: string): Generator<ModelDocument> {
  for (const [i, path] of PLACES.entries()) {
    if (partOf(path) !== part) continue;
    for (let k = 0; k < TEXTS_OF_A_PLACE; k++) yield withText(EVERY_PLACE, path, HOSTILE[(TEXTS_OF_A_PLACE * i + k) % HOSTILE.length]!);
  }
}

function withText<T>(document: T, path: readonly (string | number)[], text: string): T {
  const copy = structuredClone(document);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1)!] = text;
  return copy;
}
