/** @file The text of a query. */
import type { AttributeValue, Path, PathPart } from '../schema.ts';
import { isTypeWord } from './parse.ts';
import { ANY_LENGTH, ANY_LENGTHS, type Query } from './query.ts';

/** The text that `parseQuery` reads as this query, or as this filter. */
export function writeQuery(query: Query): string {
  switch (query.kind) {
    case 'everything':
      return '...';
    case 'nothing':
      return 'nothing';
    case 'type':
      return isTypeWord(query.type) ? query.type : `type:${writeText(query.type)}`;
    case 'tag':
      return `tag:${writeText(query.tag)}`;
    case 'path':
      return `path${query.exact ? ':' : '~'}${writePart(query.contains)}`;
    case 'pathIn':
      return `pathIn(${query.paths.map(writePath).join(', ')})`;
    case 'name':
      return `name${query.exact ? ':' : '~'}${writeText(query.name)}`;
    case 'shape':
      return `shape:${writeShape(query.lengths)}`;
    case 'params':
      return `params${query.op}${query.count}`;
    case 'attr':
      return `attr:${writeText(query.name)}${query.is ? `${query.is.op}${writeValue(query.is.value)}` : ''}`;
    case 'var':
      return `var:${writeText(query.type)}`;
    case 'any':
    case 'all': {
      if (query.of.length < 2) return `${query.kind}(${query.of.map(writeQuery).join(', ')})`;
      return query.of.map((each) => writeInner(each, query.kind)).join(query.kind === 'any' ? ' or ' : ' and ');
    }
    case 'not':
      return `not ${writeInner(query.of, 'not')}`;
  }
}

/** A query inside another, in parentheses where it would be read otherwise without. */
function writeInner(query: Query, outer: 'any' | 'all' | 'not'): string {
  const text = writeQuery(query);
  const isChain = (query.kind === 'any' || query.kind === 'all') && query.of.length > 1;
  const binds = outer === 'any' && query.kind === 'all';
  return isChain && !binds ? `(${text})` : text;
}

function isWord(text: string): boolean {
  return /^[\p{L}\p{N}_-]+$/u.test(text);
}

export function writeText(text: string): string {
  return isWord(text) ? text : JSON.stringify(text);
}

export function writePart(part: PathPart): string {
  if (typeof part === 'number') return String(part);
  return isWord(part) && !/^\d+$/.test(part) ? part : JSON.stringify(part);
}

function writePath(path: Path): string {
  return path.length === 0 ? '()' : path.map(writePart).join('.');
}

function writeShape(lengths: readonly (number | string)[]): string {
  const [first, only, last] = lengths;
  const isAnywhere = lengths.length === 3 && first === ANY_LENGTHS && last === ANY_LENGTHS && only !== ANY_LENGTHS;
  return isAnywhere ? writeLength(only!) : `(${lengths.map(writeLength).join(', ')})`;
}

function writeLength(length: number | string): string {
  return length === ANY_LENGTH || length === ANY_LENGTHS ? length : writePart(length);
}

/** As `readValue` takes it: a text that reads as a word of its own stands in quotes. */
export function writeValue(value: AttributeValue): string {
  if (value === null) return 'none';
  if (typeof value !== 'string') return String(value).replace('e+', 'e');
  return isWord(value) && !/^(true|false|none|null|-?\d.*)$/.test(value) ? value : JSON.stringify(value);
}
