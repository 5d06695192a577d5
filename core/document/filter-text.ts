/**
 * @file Filters as text, for the filter bar: `Dropout`, `type:Dropout`, `tag:x`, `path:head` (one whole part), `path~hea` (a part of a part),
 * `pathIn(submodule.linear1, ())`, `...`, `everything`, `nothing`, and `not`, `and`, `or`, `any(…)`, `all(…)` over them.
 * What needs it stands in double quotes.
 */
import type { PathFilter, Path, PathPart } from './schema.ts';

export interface FilterTextError {
  /** From 1. */
  readonly column: number;
  readonly expected: string;
  readonly got: string;
  /** The whole sentence. */
  readonly message: string;
}

export type FilterTextResult = { readonly ok: true; readonly filter: PathFilter } | { readonly ok: false; readonly error: FilterTextError };

interface Token {
  readonly kind: 'word' | 'quoted' | 'sign' | 'stray' | 'end';
  /** A quoted text without its quotes. */
  readonly text: string;
  readonly column: number;
  readonly source: string;
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(\.\.\.|[().,:~!&|])|([\p{L}\p{N}_-]+)|(\S))/uy;
const MAX_DEPTH = 50;

class Fault extends Error {
  constructor(
    readonly token: Token,
    readonly expected: string,
  ) {
    super(expected);
  }
}

/** Reads a filter. An empty text selects everything, as in `setAttributes` without filters. */
export function parseFilter(text: string): FilterTextResult {
  if (text.trim() === '') return { ok: true, filter: { kind: 'everything' } };
  try {
    return { ok: true, filter: new Parser(tokenize(text), text.length + 1).readAll() };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { token, expected } = error;
    const got = token.kind === 'end' ? 'the end' : token.source;
    const message = `Expected ${expected} at column ${token.column}, got ${got}.`;
    return { ok: false, error: { column: token.column, expected, got, message } };
  }
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [whole, quoted, sign, word, stray] = match;
    const source = quoted ?? sign ?? word ?? stray!;
    const kind = quoted === undefined ? (sign === undefined ? (word === undefined ? 'stray' : 'word') : 'sign') : 'quoted';
    const column = match.index + whole.length - source.length + 1;
    tokens.push({ kind, source, column, text: kind === 'quoted' ? unquote(source, column) : source });
  }
  return tokens;
}

function unquote(source: string, column: number): string {
  try {
    return JSON.parse(source) as string;
  } catch {
    throw new Fault({ kind: 'stray', text: source, source, column }, 'a text in double quotes as JSON writes it');
  }
}

const FILTER = 'a type such as Dropout, path:name, path~part, pathIn(…), tag:name, not, any(…), all(…), ( or ...';

class Parser {
  private position = 0;
  private depth = 0;
  constructor(
    private readonly tokens: readonly Token[],
    private readonly endColumn: number,
  ) {}

  readAll(): PathFilter {
    const filter = this.or();
    const rest = this.peek();
    if (rest.kind !== 'end') throw new Fault(rest, '"and", "or" or the end');
    return filter;
  }

  private peek(ahead = 0): Token {
    return this.tokens[this.position + ahead] ?? { kind: 'end', text: '', source: '', column: this.endColumn };
  }

  /** Steps over a sign or a bare word if it comes next. */
  private take(...texts: string[]): boolean {
    const token = this.peek();
    if (token.kind === 'quoted' || !texts.includes(token.text)) return false;
    this.position++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new Fault(this.peek(), `"${text}"`);
  }

  private or(): PathFilter {
    return this.chain('any', ['or', '|'], () => this.and());
  }

  private and(): PathFilter {
    return this.chain('all', ['and', '&'], () => this.not());
  }

  private chain(kind: 'any' | 'all', words: readonly string[], next: () => PathFilter): PathFilter {
    const of = [next()];
    while (this.take(...words)) of.push(next());
    return of.length === 1 ? of[0]! : { kind, of };
  }

  private not(): PathFilter {
    if (!this.take('not', '!')) return this.atom();
    return this.deeper(() => ({ kind: 'not', of: this.not() }));
  }

  private atom(): PathFilter {
    const token = this.peek();
    if (this.take('(')) {
      return this.deeper(() => {
        const filter = this.or();
        this.expect(')');
        return filter;
      });
    }
    if (this.take('...')) return { kind: 'everything' };
    const isCall = this.peek(1).kind === 'sign' && this.peek(1).text === '(';
    if (token.kind === 'word' && isCall) return this.call(token);
    if (token.kind !== 'word') throw new Fault(token, FILTER);
    this.position++;
    if (this.take(':')) return this.tagged(token);
    if (token.text === 'path' && this.take('~')) return { kind: 'path', contains: this.part(), exact: false };
    if (token.text === 'everything' || token.text === 'nothing') return { kind: token.text };
    if (!/^\p{L}/u.test(token.text)) throw new Fault(token, FILTER);
    return { kind: 'type', type: token.text };
  }

  /** After `type:`, `tag:` or `path:`. */
  private tagged(prefix: Token): PathFilter {
    if (prefix.text === 'type') return { kind: 'type', type: this.text('the name of a type') };
    if (prefix.text === 'tag') return { kind: 'tag', tag: this.text('a tag') };
    if (prefix.text === 'path') return { kind: 'path', contains: this.part(), exact: true };
    throw new Fault(prefix, '"type:", "tag:" or "path:"');
  }

  private text(expected: string): string {
    const token = this.peek();
    if (token.kind !== 'word' && token.kind !== 'quoted') throw new Fault(token, expected);
    this.position++;
    return token.text;
  }

  /** A bare number is the place in a list; in quotes it is a name. */
  private part(): PathPart {
    const token = this.peek();
    const text = this.text('a part of a path');
    return token.kind === 'word' && /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
  }

  private call(name: Token): PathFilter {
    this.position += 2;
    return this.deeper(() => {
      if (name.text === 'pathIn') return { kind: 'pathIn', paths: this.list(() => this.path()) };
      if (name.text === 'any' || name.text === 'all') return { kind: name.text, of: this.list(() => this.or()) };
      throw new Fault(name, '"any(", "all(" or "pathIn("');
    });
  }

  private list<T>(read: () => T): readonly T[] {
    const items: T[] = [];
    if (this.take(')')) return items;
    do items.push(read());
    while (this.take(','));
    this.expect(')');
    return items;
  }

  /** `()` for the root, else parts with dots between. */
  private path(): Path {
    if (this.take('(')) {
      this.expect(')');
      return [];
    }
    const parts = [this.part()];
    while (this.take('.')) parts.push(this.part());
    return parts;
  }

  private deeper<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw new Fault(this.peek(), `at most ${MAX_DEPTH} levels of nesting`);
    const result = read();
    this.depth--;
    return result;
  }
}

const RESERVED = new Set(['not', 'and', 'or', 'any', 'all', 'everything', 'nothing']);

/** The text that `parseFilter` reads as this filter. */
export function writeFilter(filter: PathFilter): string {
  switch (filter.kind) {
    case 'everything':
      return '...';
    case 'nothing':
      return 'nothing';
    case 'type':
      return isWord(filter.type) && /^\p{L}/u.test(filter.type) && !RESERVED.has(filter.type)
        ? filter.type
        : `type:${writeText(filter.type)}`;
    case 'tag':
      return `tag:${writeText(filter.tag)}`;
    case 'path':
      return `path${filter.exact ? ':' : '~'}${writePart(filter.contains)}`;
    case 'pathIn':
      return `pathIn(${filter.paths.map(writePath).join(', ')})`;
    case 'any':
    case 'all': {
      if (filter.of.length < 2) return `${filter.kind}(${filter.of.map(writeFilter).join(', ')})`;
      return filter.of.map((each) => writeInner(each, filter.kind)).join(filter.kind === 'any' ? ' or ' : ' and ');
    }
    case 'not':
      return `not ${writeInner(filter.of, 'not')}`;
  }
}

/** A filter inside another, in parentheses where it would be read otherwise without. */
function writeInner(filter: PathFilter, outer: 'any' | 'all' | 'not'): string {
  const text = writeFilter(filter);
  const isChain = (filter.kind === 'any' || filter.kind === 'all') && filter.of.length > 1;
  const binds = outer === 'any' && filter.kind === 'all';
  return isChain && !binds ? `(${text})` : text;
}

function isWord(text: string): boolean {
  return /^[\p{L}\p{N}_-]+$/u.test(text);
}

function writeText(text: string): string {
  return isWord(text) ? text : JSON.stringify(text);
}

function writePart(part: PathPart): string {
  if (typeof part === 'number') return String(part);
  return isWord(part) && !/^\d+$/.test(part) ? part : JSON.stringify(part);
}

function writePath(path: Path): string {
  return path.length === 0 ? '()' : path.map(writePart).join('.');
}
