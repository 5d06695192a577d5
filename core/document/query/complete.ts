/** @file What could stand at a place of a query. */
import type { AttributeValue } from '../schema.ts';
import { writePart, writeText, writeValue } from './write.ts';

/** The words of a model, each in the order in which they are offered. */
export interface QueryWords {
  readonly types: readonly string[];
  readonly parts: readonly (string | number)[];
  readonly names: readonly string[];
  readonly variables: readonly string[];
  readonly lengths: readonly (string | number)[];
  readonly attributes: ReadonlyMap<string, readonly AttributeValue[]>;
}

export interface Completion {
  /** What takes the place of the text between `from` and the cursor. */
  readonly text: string;
  readonly detail: string;
}

export interface Completions {
  readonly from: number;
  readonly options: readonly Completion[];
}

const KEYS: readonly Completion[] = [
  { text: 'type:', detail: 'a type, its subtypes included' },
  { text: 'path:', detail: 'a whole part of the path' },
  { text: 'path~', detail: 'text in a part of the path' },
  { text: 'name:', detail: 'the last part of the path' },
  { text: 'shape:', detail: 'a length of its values or weights, or (…,64)' },
  { text: 'params>', detail: 'parameters at or below, as in 10k' },
  { text: 'attr:', detail: 'an attribute, as in deterministic=true' },
  { text: 'var:', detail: 'a Variable that it holds' },
];
const JOINTS: readonly Completion[] = [
  { text: 'and ', detail: 'both' },
  { text: 'or ', detail: 'either' },
];
const NOT: Completion = { text: 'not ', detail: 'all others' };
const MOST = 12;

/** What could stand before the cursor. Nothing where only a number can. */
export function completeQuery(text: string, cursor: number, words: QueryWords): Completions {
  const before = text.slice(0, cursor);
  // A text in quotes is being written: it is the user's own.
  if ((before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) return { from: cursor, options: [] };
  const fragment = /[\p{L}\p{N}_:~.<>=-]*$/u.exec(before)![0];
  const from = cursor - fragment.length;
  const head = before.slice(0, from);
  if (needsJoint(head))
    return { from, options: fitting(hasOpen(head) ? [...JOINTS, { text: ')', detail: 'ends the group' }] : JOINTS, fragment) };
  const options = valuesFor(fragment, words) ?? [...KEYS, NOT, ...words.types.map((type) => ({ text: writeText(type), detail: 'type' }))];
  return { from, options: fitting(options, fragment) };
}

/** The values of a key as whole fragments; undefined where no key was written. */
function valuesFor(fragment: string, words: QueryWords): readonly Completion[] | undefined {
  const attribute = /^attr:([\p{L}\p{N}_-]+)(<=|>=|[<>=])/u.exec(fragment);
  if (attribute) {
    const [start, name] = attribute;
    return (words.attributes.get(name!) ?? []).map((value) => ({ text: `${start}${writeValue(value)}`, detail: 'a value of now' }));
  }
  const key = /^(type:|path:|path~|name:|name~|shape:|attr:|var:|params[<>=:]+)/.exec(fragment)?.[1];
  if (key === undefined) return undefined;
  const offer = (texts: readonly string[], detail: string) => texts.map((each) => ({ text: `${key}${each}`, detail }));
  switch (key) {
    case 'type:':
      return offer(words.types.map(writeText), 'type');
    case 'path:':
    case 'path~':
      return offer(words.parts.map(writePart), 'part of a path');
    case 'name:':
    case 'name~':
      return offer(words.names.map(writeText), 'name');
    case 'shape:':
      return offer(words.lengths.map(writePart), 'length');
    case 'var:':
      return offer(words.variables.map(writeText), 'Variable');
    case 'attr:':
      return [...words.attributes].map(([name, values]) => ({
        text: `attr:${writeText(name)}`,
        detail: values.slice(0, 4).map(writeValue).join(', '),
      }));
    default:
      return [];
  }
}

/** Those that begin so, then those that hold it; none where the only one is what stands there. */
function fitting(options: readonly Completion[], fragment: string): readonly Completion[] {
  const wanted = fragment.toLowerCase();
  const starting = options.filter(({ text }) => text.toLowerCase().startsWith(wanted));
  const value = wanted.replace(/^[a-z]+[:~]/, '');
  const holding = options.filter((option) => !starting.includes(option) && value !== '' && holds(option.text, wanted, value));
  const found = [...starting, ...holding].slice(0, MOST);
  return found.length === 1 && found[0]!.text === fragment ? [] : found;
}

function holds(text: string, wanted: string, value: string): boolean {
  const key = wanted.slice(0, wanted.length - value.length);
  return text.toLowerCase().startsWith(key) && text.toLowerCase().slice(key.length).includes(value);
}

/** Whether a whole question stands before: then only `and`, `or` and `)` can follow. */
function needsJoint(head: string): boolean {
  if (!/\s$|\)$/.test(head)) return false;
  const last = head.trimEnd();
  return last !== '' && !/(^|[\s(!&|,])(and|or|not)$/.test(last) && !/[(,!&|:~<>=]$/.test(last);
}

function hasOpen(head: string): boolean {
  return (head.match(/\(/g)?.length ?? 0) > (head.match(/\)/g)?.length ?? 0);
}
