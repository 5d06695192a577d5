/** @file Random documents for property tests: any document of the format, with unknown parts in it. */
import fc from 'fast-check';
import { REACH } from '../document/reach.ts';
import { VERSION } from '../document/schema.ts';
import type { PathFilter, ModelDocument, Path } from '../document/schema.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const place = fc.double({ noNaN: true, min: -REACH, max: REACH });
const id = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/).filter((key) => !(key in {}));
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
const args = fc.dictionary(id, fc.oneof(json, fc.record({ $: text })), { maxKeys: 3 });
const port = fc.record({ node: id, port: text });
const dtype = fc.constantFrom('float32' as const, 'int32' as const, 'bool' as const);
const pathPart = fc.oneof(text, fc.nat(40));

/** Any filter, nested up to three deep. */
export const anyFilter: fc.Arbitrary<PathFilter> = fc.letrec<{ filter: PathFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<PathFilter>({ kind: 'everything' }, { kind: 'nothing' }),
    fc.record({ kind: fc.constant('type' as const), type: text }),
    fc.record({ kind: fc.constant('tag' as const), tag: text }),
    fc.record({ kind: fc.constant('path' as const), contains: pathPart, exact: fc.boolean() }),
    fc.record({
      kind: fc.constant('pathIn' as const),
      paths: fc.array(fc.array(pathPart, { maxLength: 3 }) as fc.Arbitrary<Path>, { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('any' as const), of: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('all' as const), of: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('filter') }),
  ),
})).filter;

/** Records of distinct ids; each item carries its own. */
function byId<T extends object>(item: fc.Arbitrary<T>) {
  return fc
    .uniqueArray(fc.tuple(id, item), { selector: ([key]) => key, maxLength: 4 })
    .map((entries) => Object.fromEntries(entries.map(([key, value]) => [key, { ...value, id: key }])));
}

function listById<T extends object>(item: fc.Arbitrary<T>) {
  return byId(item).map((record) => Object.values(record));
}

const node = fc.oneof(
  fc.record({
    kind: fc.constant('input'),
    name: text,
    order: fc.nat(9),
    shape: fc.option(fc.array(fc.oneof(fc.nat(9), text, fc.record({ $: text })), { maxLength: 3 })),
    dtype,
  }),
  fc.record({ kind: fc.constant('output'), name: text, order: fc.nat(9) }),
  fc.record({ kind: fc.constant('call'), member: id }),
  fc.record({ kind: fc.constant('op'), op: text, args, fromTheFuture: json }),
  fc.record({ kind: fc.constant('constant'), value: json, dtype }),
);
const attributes = fc.dictionary(id, fc.oneof(fc.constant(null), fc.boolean(), number, text), { maxKeys: 2 });
const modelClass = fc.record({
  name: text,
  doc: text,
  fields: fc.array(
    fc.record({ name: text, type: fc.constantFrom('int', 'float', 'bool', 'text'), default: json }, { requiredKeys: ['name', 'type'] }),
    { maxLength: 2 },
  ),
  members: listById(fc.record({ name: text, type: text, args, repeat: json, aliasOf: id }, { requiredKeys: ['name', 'type', 'args'] })),
  nodes: byId(node),
  wires: byId(fc.record({ from: port, to: port })),
  probes: listById(fc.record({ at: port, kind: fc.constantFrom('sow', 'perturb'), name: text, variableType: text })),
  // What lies further away gets another place when it is read (core/document/reach.ts).
  layout: fc.dictionary(id, fc.record({ x: place, y: place }), { maxKeys: 3 }),
  colour: text,
});
const source = fc.oneof(
  fc.constant({ type: 'ones', args: {} }),
  fc.record({ type: fc.constant('normal'), args: fc.record({ seed: fc.nat() }) }),
  fc.record({
    type: fc.constant('csv'),
    args: fc.record({ file: text, label: text, scale: number, testRows: fc.nat(), fromTheFuture: json }),
  }),
  fc.record({ type: fc.constant('from the future'), args: fc.record({ anything: json }) }),
);

/** Any document that the format allows, sensible or not, with keys that this version does not know. */
export const anyDocument: fc.Arbitrary<ModelDocument> = fc
  .record({
    format: fc.constant('espalier'),
    version: fc.constant(VERSION),
    name: text,
    classes: byId(modelClass),
    root: fc.record({ class: id, args }),
    settings: listById(fc.oneof(fc.constant({ kind: 'train' }), fc.record({ kind: fc.constant('set'), only: anyFilter, attributes }))),
    views: listById(fc.record({ name: text, only: anyFilter, attributes })),
    run: fc.record({
      seed: fc.nat(),
      source,
      batchSize: fc.integer({ min: 1, max: 999 }),
      loss: fc.record({
        type: fc.constantFrom('crossEntropy', 'meanSquaredError', 'mean', 'sum', 'from the future'),
        args: fc.constant({}),
      }),
      optimizer: fc.record({ type: text, args: fc.dictionary(id, json, { maxKeys: 2 }) }),
      steps: fc.integer({ min: 1, max: 999 }),
    }),
    fromTheFuture: json,
  })
  .map((made) => made as unknown as ModelDocument);
