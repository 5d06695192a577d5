/**
 * @file Queries as text. The filters of NNX: `Dropout` or `type:dropout`, `tag:x`, `path:head` (one whole part), `path~hea` (text in a part),
 * `pathIn(submodule.linear1, ())`, `...`, `everything`, `nothing`. What Modules hold: `name:linear1`, `name~lin`, `shape:64`, `shape:(…,64)`,
 * `params>10k`, `attr:rate`, `attr:deterministic=true`, `var:Param`. Over them `not`, `and`, `or`, `any(…)`, `all(…)` and parentheses.
 * A bare word in lower case is text in a path; what needs it stands in double quotes.
 */
import type { Path } from '../schema.ts';
import type { Query } from './query.ts';
import { readLeaf, readPart } from './read-leaf.ts';
import { Fault, Reader, type Token } from './tokens.ts';

export interface QueryError {
  /** From 1. */
  readonly column: number;
  readonly expected: string;
  readonly got: string;
  /** The whole sentence. */
  readonly message: string;
}

export type QueryResult = { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly error: QueryError };

const MAX_DEPTH = 50;
const ATOM = 'a type such as Dropout, a key such as path: or params>, a word, not, (, any(…), all(…) or ...';
const KEYS = '"type:", "path:", "name:", "shape:", "params>", "attr:", "var:" or "tag:"';

/** Reads a query. An empty text selects everything, as in `setAttributes` without filters. */
export function parseQuery(text: string): QueryResult {
  if (text.trim() === '') return { ok: true, query: { kind: 'everything' } };
  try {
    return { ok: true, query: new Parser(new Reader(text)).readAll() };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { token, expected } = error;
    const got = token.kind === 'end' ? 'the end' : token.source;
    const message = `Expected ${expected} at column ${token.column}, got ${got}.`;
    return { ok: false, error: { column: token.column, expected, got, message } };
  }
}

class Parser {
  private depth = 0;
  constructor(private readonly reader: Reader) {}

  readAll(): Query {
    const query = this.or();
    const rest = this.reader.peek();
    if (rest.kind !== 'end') throw new Fault(rest, '"and", "or" or the end');
    return query;
  }

  private or(): Query {
    return this.chain('any', ['or', '|'], () => this.and());
  }

  private and(): Query {
    return this.chain('all', ['and', '&'], () => this.not());
  }

  private chain(kind: 'any' | 'all', words: readonly string[], next: () => Query): Query {
    const of = [next()];
    while (this.reader.take(...words)) of.push(next());
    return of.length === 1 ? of[0]! : { kind, of };
  }

  private not(): Query {
    if (!this.reader.take('not', '!')) return this.atom();
    return this.deeper(() => ({ kind: 'not', of: this.not() }));
  }

  private atom(): Query {
    const { reader } = this;
    const token = reader.peek();
    if (reader.take('(')) {
      return this.deeper(() => {
        const query = this.or();
        reader.expect(')');
        return query;
      });
    }
    if (reader.take('...', '…')) return { kind: 'everything' };
    const next = reader.peek(1);
    if (token.kind === 'word' && next.kind === 'sign' && next.text === '(') return this.call(token);
    if (token.kind === 'quoted') return { kind: 'path', contains: readPart(reader), exact: false };
    if (token.kind !== 'word') throw new Fault(token, ATOM);
    reader.step();
    const leaf = readLeaf(reader, token.text);
    if (leaf) return leaf;
    if (reader.take(':')) return this.tagged(token);
    if (token.text === 'path' && reader.take('~')) return { kind: 'path', contains: readPart(reader), exact: false };
    if (token.text === 'everything' || token.text === 'nothing') return { kind: token.text };
    if (['and', 'or'].includes(token.text)) throw new Fault(token, ATOM);
    return isTypeWord(token.text) ? { kind: 'type', type: token.text } : { kind: 'path', contains: token.text, exact: false };
  }

  /** After `type:`, `tag:` or `path:`. */
  private tagged(prefix: Token): Query {
    if (prefix.text === 'type') return { kind: 'type', type: this.reader.text('the name of a type') };
    if (prefix.text === 'tag') return { kind: 'tag', tag: this.reader.text('a tag') };
    if (prefix.text === 'path') return { kind: 'path', contains: readPart(this.reader), exact: true };
    throw new Fault(prefix, KEYS);
  }

  private call(name: Token): Query {
    const { reader } = this;
    reader.step(2);
    return this.deeper(() => {
      if (name.text === 'pathIn') return { kind: 'pathIn', paths: reader.list(() => this.path()) };
      if (name.text === 'any' || name.text === 'all') return { kind: name.text, of: reader.list(() => this.or()) };
      throw new Fault(name, '"any(", "all(" or "pathIn("');
    });
  }

  /** `()` for the root, else parts with dots between. */
  private path(): Path {
    const { reader } = this;
    if (reader.take('(')) {
      reader.expect(')');
      return [];
    }
    const parts = [readPart(reader)];
    while (reader.take('.')) parts.push(readPart(reader));
    return parts;
  }

  private deeper<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw new Fault(this.reader.peek(), `at most ${MAX_DEPTH} levels of nesting`);
    const result = read();
    this.depth--;
    return result;
  }
}

/** Types are written with a capital: a bare word without one is text in a path. */
export function isTypeWord(text: string): boolean {
  return /^\p{Lu}[\p{L}\p{N}_-]*$/u.test(text);
}
