/** @file What may follow the keys `name:`, `shape:`, `params`, `attr:` and `var:`. */
import type { AttributeValue, PathPart } from '../schema.ts';
import { ANY_LENGTH, ANY_LENGTHS, COMPARISONS, type Comparison, type QueryLeaf } from './query.ts';
import { Fault, type Reader } from './tokens.ts';

const SUFFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, K: 1e3, m: 1e6, M: 1e6, g: 1e9, G: 1e9 };

/** A bare number is the place in a list; in quotes it is a name. */
export function readPart(reader: Reader): PathPart {
  const token = reader.peek();
  const text = reader.text('a part of a path');
  return token.kind === 'word' && /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
}

/** The leaf of a key whose word was read; undefined for a word that is none. */
export function readLeaf(reader: Reader, key: string): QueryLeaf | undefined {
  if (key === 'name' && reader.isNext(':', '~')) {
    const exact = reader.take(':') || !reader.take('~');
    return { kind: 'name', name: reader.text('the name of a member'), exact };
  }
  if (key === 'params' && reader.isNext(':', ...COMPARISONS)) {
    return { kind: 'params', op: readComparison(reader), count: readCount(reader) };
  }
  if (!reader.isNext(':')) return undefined;
  if (key === 'var') {
    reader.step();
    return { kind: 'var', type: reader.text('the type of a Variable such as Param') };
  }
  if (key === 'attr') {
    reader.step();
    const name = reader.text('the name of an attribute');
    return reader.isNext(...COMPARISONS)
      ? { kind: 'attr', name, is: { op: readComparison(reader), value: readValue(reader) } }
      : { kind: 'attr', name };
  }
  if (key !== 'shape') return undefined;
  reader.step();
  if (reader.take('(')) return { kind: 'shape', lengths: readLengths(reader) };
  return { kind: 'shape', lengths: [ANY_LENGTHS, readLength(reader), ANY_LENGTHS] };
}

function readComparison(reader: Reader): Comparison {
  const op = COMPARISONS.find((each) => reader.take(each));
  if (op) return op;
  reader.expect(':');
  return COMPARISONS.find((each) => reader.take(each)) ?? '=';
}

/** A number as words and a point: `-0.5`, `1.5k`. Undefined, and nothing is taken, where none comes. */
function readDecimal(reader: Reader): { readonly number: number; readonly suffix: string } | undefined {
  const [whole, point, rest] = [reader.peek(), reader.peek(1), reader.peek(2)];
  if (whole.kind !== 'word') return undefined;
  const hasRest = point.text === '.' && point.kind === 'sign' && rest.kind === 'word' && /^-?\d+$/.test(whole.text);
  const text = hasRest ? `${whole.text}.${rest.text}` : whole.text;
  const match = /^(-?\d+(?:\.\d+)?(?:e-?\d+)?)(\p{L}?)$/u.exec(text);
  const number = Number(match?.[1]);
  if (!match || !Number.isFinite(number)) return undefined;
  reader.step(hasRest ? 3 : 1);
  return { number, suffix: match[2]! };
}

function readCount(reader: Reader): number {
  const token = reader.peek();
  const read = readDecimal(reader);
  const factor = read && Object.hasOwn(SUFFIXES, read.suffix) ? SUFFIXES[read.suffix] : undefined;
  if (!read || factor === undefined || read.number < 0) throw new Fault(token, 'a number such as 1000, 10k or 1.5M');
  return Math.round(read.number * factor);
}

/** `true`, `none`, `0.5`, `float32`; a text that would be read as one of these stands in quotes. */
function readValue(reader: Reader): AttributeValue {
  const token = reader.peek();
  if (token.kind === 'word') {
    const at = reader.peek();
    const read = readDecimal(reader);
    if (read && read.suffix === '') return read.number;
    if (read) throw new Fault(at, 'true, false, none, a number or a text');
  }
  const text = reader.text('true, false, none, a number or a text');
  if (token.kind === 'quoted') return text;
  return text === 'true' ? true : text === 'false' ? false : text === 'none' || text === 'null' ? null : text;
}

function readLength(reader: Reader): number | string {
  if (reader.take('*')) return ANY_LENGTH;
  const token = reader.peek();
  const text = reader.text('a length such as 64, or the name of an axis');
  return token.kind === 'word' && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

/** After the parenthesis. A comma may stand behind the last, as in `(64,)`. */
function readLengths(reader: Reader): readonly (number | string)[] {
  const lengths: (number | string)[] = [];
  while (!reader.take(')')) {
    if (reader.take('...', '…')) lengths.push(ANY_LENGTHS);
    else if (reader.peek().kind === 'word' || reader.peek().kind === 'quoted' || reader.isNext('*')) lengths.push(readLength(reader));
    else throw new Fault(reader.peek(), 'a length such as 64, *, … or ")"');
    if (!reader.isNext(')')) reader.expect(',');
  }
  return lengths;
}
