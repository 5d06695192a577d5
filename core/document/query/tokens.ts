/** @file The words and signs of a query, each with its place. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'sign' | 'stray' | 'end';
  /** A quoted text without its quotes. */
  readonly text: string;
  /** From 1. */
  readonly column: number;
  readonly source: string;
}

export class Fault extends Error {
  constructor(
    readonly token: Token,
    readonly expected: string,
  ) {
    super(expected);
  }
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(\.\.\.|…|[<>]=|[().,:~!&|<>=*])|([\p{L}\p{N}_-]+)|(\S))/uy;

export function tokenize(text: string): readonly Token[] {
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

/** Steps through the tokens of a text. */
export class Reader {
  private readonly tokens: readonly Token[];
  private readonly endColumn: number;
  private position = 0;
  constructor(text: string) {
    this.tokens = tokenize(text);
    this.endColumn = text.length + 1;
  }

  peek(ahead = 0): Token {
    return this.tokens[this.position + ahead] ?? { kind: 'end', text: '', source: '', column: this.endColumn };
  }

  step(count = 1): void {
    this.position += count;
  }

  /** Whether a sign or a bare word comes next. */
  isNext(...texts: readonly string[]): boolean {
    const token = this.peek();
    return token.kind !== 'quoted' && texts.includes(token.text);
  }

  /** Steps over a sign or a bare word if it comes next. */
  take(...texts: readonly string[]): boolean {
    const isNext = this.isNext(...texts);
    if (isNext) this.position++;
    return isNext;
  }

  expect(text: string): void {
    if (!this.take(text)) throw new Fault(this.peek(), `"${text}"`);
  }

  /** A word, bare or in quotes. */
  text(expected: string): string {
    const token = this.peek();
    if (token.kind !== 'word' && token.kind !== 'quoted') throw new Fault(token, expected);
    this.position++;
    return token.text;
  }

  /** Items with commas between, up to the closing parenthesis, which is taken. */
  list<T>(read: () => T): readonly T[] {
    const items: T[] = [];
    if (this.take(')')) return items;
    do items.push(read());
    while (this.take(','));
    this.expect(')');
    return items;
  }
}
