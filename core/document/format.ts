/**
 * @file What a document of this version looks like, for a text that comes from outside. Loose: unknown keys pass. Names of layer types,
 * op types and optimisers are any text, as an unknown one is a problem to show and no reason to refuse a file; as are
 * those of losses and data sources; the kinds of nodes, settings and filters are the grammar of the format, and a new one makes a new version.
 */
import * as v from 'valibot';
import { isId } from './ids.ts';
import { FORMAT, VERSION, type Arguments, type FilterSpec, type JsonValue } from './schema.ts';

const json = v.custom<JsonValue>((value) => value !== undefined, 'a value');
const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const args = v.custom<Arguments>(isRecord, 'an object of arguments');
const jsonRecord = v.custom<Readonly<Record<string, JsonValue>>>(isRecord, 'an object');
const text = v.string();
const number = v.number();
const whole = v.pipe(v.number(), v.integer('a whole number'));
const natural = v.pipe(whole, v.minValue(0, 'a whole number from 0'));
const positive = v.pipe(whole, v.minValue(1, 'a whole number from 1'));
const id = v.pipe(v.string(), v.check(isId, 'an id: a letter, then letters, digits, _ or -'));
const dtype = v.picklist(['float32', 'int32', 'bool']);

const bypass = v.exactOptional(v.literal(true));

const portRef = v.looseObject({ node: id, port: text });
const dimension = v.union([number, text, v.looseObject({ $: text })], 'a length, a name or an expression');
const node = v.variant('kind', [
  v.looseObject({ id, kind: v.literal('input'), name: text, order: number, shape: v.nullable(v.array(dimension)), dtype }),
  v.looseObject({ id, kind: v.literal('output'), name: text, order: number }),
  v.looseObject({
    id,
    kind: v.literal('call'),
    member: id,
    method: v.exactOptional(text),
    variable: v.exactOptional(text),
    collect: v.exactOptional(v.picklist(['stack', 'concatenate'])),
    item: v.exactOptional(natural),
    bypass,
  }),
  v.looseObject({ id, kind: v.literal('op'), op: text, args, bypass }),
  v.looseObject({ id, kind: v.literal('constant'), value: json, dtype }),
]);
const member = v.looseObject({ id, name: text, type: text, args, repeat: v.exactOptional(json), aliasOf: v.exactOptional(id) });
const field = v.looseObject({
  name: text,
  type: v.picklist(['int', 'float', 'bool', 'text']),
  default: v.exactOptional(json),
  doc: v.exactOptional(text),
});
const probe = v.looseObject({ id, at: portRef, kind: v.picklist(['sow', 'perturb']), name: text, variableType: text });
const place = { x: number, y: number, width: number, height: number };
const annotation = v.variant('kind', [
  v.looseObject({ id, kind: v.literal('note'), text, ...place, wire: v.exactOptional(id) }),
  // A colour that this version does not know is drawn as grey.
  v.looseObject({ id, kind: v.literal('frame'), title: text, color: text, ...place }),
]);
const modelClass = v.looseObject({
  id,
  name: text,
  doc: text,
  fields: v.array(field),
  members: v.array(member),
  nodes: v.record(id, node),
  wires: v.record(id, v.looseObject({ id, from: portRef, to: portRef })),
  probes: v.array(probe),
  layout: v.record(id, v.looseObject({ x: number, y: number })),
  annotations: v.exactOptional(v.array(annotation)),
});

const pathPart = v.union([text, whole], 'a name or a whole number');
const refPart = v.union([id, natural, v.looseObject({ attribute: text })], 'the id of a member, an index or an attribute');
const filter: v.GenericSchema<FilterSpec> = v.lazy(() =>
  v.variant('kind', [
    v.looseObject({ kind: v.literal('everything') }),
    v.looseObject({ kind: v.literal('nothing') }),
    v.looseObject({ kind: v.literal('type'), type: text }),
    v.looseObject({ kind: v.literal('tag'), tag: text }),
    v.looseObject({ kind: v.literal('path'), contains: pathPart, exact: v.boolean() }),
    v.looseObject({ kind: v.literal('pathIn'), paths: v.array(v.array(pathPart)) }),
    v.looseObject({ kind: v.literal('modules'), at: v.array(v.array(refPart)) }),
    v.looseObject({ kind: v.literal('any'), of: v.array(filter) }),
    v.looseObject({ kind: v.literal('all'), of: v.array(filter) }),
    v.looseObject({ kind: v.literal('not'), of: filter }),
  ]),
);
const attributes = v.record(text, v.union([v.null(), v.boolean(), number, text], 'null, true, false, a number or a text'));
const setting = v.variant('kind', [
  v.looseObject({ id, kind: v.literal('train') }),
  v.looseObject({ id, kind: v.literal('eval') }),
  v.looseObject({ id, kind: v.literal('set'), only: filter, attributes }),
]);
const bookmark = v.looseObject({
  key: v.pipe(whole, v.minValue(1, 'a digit from 1'), v.maxValue(9, 'a digit up to 9')),
  class: id,
  instance: v.array(refPart),
  x: number,
  y: number,
  zoom: number,
});
const typed = v.looseObject({ type: text, args: jsonRecord });

export const documentFormat = v.looseObject({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  name: text,
  classes: v.record(id, modelClass),
  root: v.looseObject({ class: id, args }),
  settings: v.array(setting),
  views: v.array(v.looseObject({ id, name: text, only: filter, attributes })),
  bookmarks: v.exactOptional(v.array(bookmark)),
  run: v.looseObject({
    seed: v.pipe(natural, v.maxValue(Number.MAX_SAFE_INTEGER, `a whole number of at most ${Number.MAX_SAFE_INTEGER}`)),
    source: typed,
    batchSize: positive,
    loss: typed,
    optimizer: typed,
    trained: v.exactOptional(filter),
    steps: positive,
  }),
});
