/**
 * @file What a large document has by the thousand is seen at a glance to be as the format has it: calls, wires, members, places. The schema,
 * which takes ten times as long and has words for what is wrong, is asked about the rest.
 */
import { isId } from './ids.ts';

type Json = Readonly<Record<string, unknown>>;

/** The document without all that is surely right. Of what is left every fault has the place that it has in the whole. */
export function withoutPlain(document: Json): Json {
  const { classes } = document;
  if (!isRecord(classes)) return document;
  const others = Object.entries(classes).map(([id, each]) => [id, isRecord(each) ? withoutPlainParts(each) : each] as const);
  return { ...document, classes: Object.fromEntries(others) };
}

function withoutPlainParts(modelClass: Json): Json {
  const others: Record<string, unknown> = { ...modelClass };
  for (const [key, isPlain] of PLAIN_PARTS) if (isRecord(modelClass[key])) others[key] = othersOf(modelClass[key], isPlain);
  // The place of a fault in a list is its number: all or none.
  const { members } = modelClass;
  // `every` passes over holes.
  if (Array.isArray(members) && !members.includes(undefined) && members.every(isPlainMember)) others['members'] = [];
  return others;
}

/** What a call that says more than which member it calls may hold: the schema looks at it. */
const USE = ['method', 'variable', 'collect', 'item', 'bypass'];

const PLAIN_PARTS: readonly (readonly [key: string, isPlain: (item: Json) => boolean])[] = [
  ['nodes', (node) => isIdText(node['id']) && node['kind'] === 'call' && isIdText(node['member']) && USE.every((key) => !(key in node))],
  ['wires', (wire) => isIdText(wire['id']) && isPort(wire['from']) && isPort(wire['to'])],
  ['layout', (point) => isNumber(point['x']) && isNumber(point['y'])],
];

function othersOf(record: Json, isPlain: (item: Json) => boolean): Json {
  const others: Record<string, unknown> = {};
  for (const id in record) {
    const item = record[id];
    if (!isId(id) || !isRecord(item) || !isPlain(item)) others[id] = item;
  }
  return others;
}

function isPlainMember(member: unknown): boolean {
  if (!isRecord(member)) return false;
  const { id, name, type, args, aliasOf } = member;
  return (
    isIdText(id) && typeof name === 'string' && typeof type === 'string' && isRecord(args) && (aliasOf === undefined || isIdText(aliasOf))
  );
}

function isPort(port: unknown): boolean {
  return isRecord(port) && isIdText(port['node']) && typeof port['port'] === 'string';
}

function isIdText(value: unknown): boolean {
  return typeof value === 'string' && isId(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
