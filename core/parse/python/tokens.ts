/** @file Python source as words, with the steps in and out of its indentation. */
import { ReadFault } from './syntax.ts';

export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'symbol' | 'newline' | 'indent' | 'dedent' | 'end';
  /** As written; of a text what it says. */
  readonly text: string;
  readonly line: number;
}

/** More is no code that a person wrote. */
const MAX_LETTERS = 5_000_000;
const MAX_LINE = 100_000;

const WORD =
  /(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<symbol>\*\*=|\/\/=|\.\.\.|->|:=|\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%@&|^]=|[-+*/%@&|^~<>=()[\]{},:.;])/uy;

/** @throws ReadFault for what is no Python, by its line. */
export function tokenize(source: string): readonly Token[] {
  if (source.length > MAX_LETTERS) throw new ReadFault(1, 'This is more than 5 MB of text: no code of a model.');
  return new Tokenizer(source.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')).run();
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  private readonly indents: number[] = [0];
  private readonly open: { readonly symbol: string; readonly line: number }[] = [];
  private at = 0;
  private line = 1;

  constructor(private readonly source: string) {}

  run(): readonly Token[] {
    const { source } = this;
    let isStart = true;
    while (this.at < source.length) {
      if (isStart) this.indentation();
      isStart = false;
      const character = source[this.at];
      if (character === undefined) break;
      if (character === '\n') {
        if (this.open.length === 0) {
          this.endLine();
          isStart = true;
        }
        this.at++;
        this.line++;
      } else if (character === ' ' || character === '\t' || character === '\f') this.at++;
      else if (character === '#') this.skipComment();
      else if (character === '\\' && source[this.at + 1] === '\n') {
        this.at += 2;
        this.line++;
      } else this.word();
    }
    const [unclosed] = this.open.slice(-1);
    if (unclosed) throw new ReadFault(unclosed.line, `The bracket ${unclosed.symbol} is never closed.`);
    this.endLine();
    for (; this.indents.length > 1; this.indents.pop()) this.push('dedent', '');
    this.push('end', '');
    return this.tokens;
  }

  private push(kind: Token['kind'], text: string, line = this.line): void {
    this.tokens.push({ kind, text, line });
  }

  private endLine(): void {
    const last = this.tokens.at(-1);
    if (last && last.kind !== 'newline' && last.kind !== 'indent' && last.kind !== 'dedent') this.push('newline', '');
  }

  private skipComment(): void {
    const end = this.source.indexOf('\n', this.at);
    this.at = end < 0 ? this.source.length : end;
  }

  /** At the start of a line: how far in it is. Empty lines and comments do not count. */
  private indentation(): void {
    const spaces = /[ \t]*/y;
    spaces.lastIndex = this.at;
    const [text] = spaces.exec(this.source)!;
    const next = this.source[this.at + text.length];
    if (next === '\n' || next === '#' || next === undefined) return;
    if (text.includes('\t')) throw new ReadFault(this.line, 'Lines are indented by spaces here, not by tabs.');
    this.at += text.length;
    const { indents } = this;
    if (text.length > indents.at(-1)!) {
      indents.push(text.length);
      this.push('indent', '');
    }
    while (text.length < indents.at(-1)!) {
      indents.pop();
      this.push('dedent', '');
    }
    if (text.length !== indents.at(-1)!) throw new ReadFault(this.line, 'The indentation fits no line before it.');
  }

  private word(): void {
    const quote = /(?:[rRbBuUfF]{0,2})("""|'''|"|')/y;
    quote.lastIndex = this.at;
    const opened = quote.exec(this.source);
    if (opened) return this.text(opened[0].slice(0, -opened[1]!.length), opened[1]!);
    WORD.lastIndex = this.at;
    const found = WORD.exec(this.source);
    if (!found) throw new ReadFault(this.line, `${JSON.stringify(this.source[this.at])} has no place in Python.`);
    const { name, number, symbol } = found.groups as { name?: string; number?: string; symbol?: string };
    this.push(name === undefined ? (number === undefined ? 'symbol' : 'number') : 'name', found[0]);
    this.at += found[0].length;
    if (symbol === undefined) return;
    if ('([{'.includes(symbol)) this.open.push({ symbol, line: this.line });
    const pair = { ')': '(', ']': '[', '}': '{' }[symbol];
    if (pair !== undefined && this.open.pop()?.symbol !== pair)
      throw new ReadFault(this.line, `Nothing is open that this ${symbol} closes.`);
  }

  private text(prefix: string, quote: string): void {
    const start = this.line;
    if (/[bf]/i.test(prefix)) throw new ReadFault(start, 'Texts of bytes and texts with values in them are not read.');
    const isLong = quote.length === 3;
    let at = this.at + prefix.length + quote.length;
    const from = at;
    for (; !this.source.startsWith(quote, at); at++) {
      const character = this.source[at];
      if (character === undefined || (character === '\n' && !isLong) || at - from > MAX_LINE)
        throw new ReadFault(start, 'This text is never closed.');
      if (character === '\\') at++;
      if (this.source[at] === '\n') this.line++;
    }
    const raw = this.source.slice(from, at);
    this.push('text', /r/i.test(prefix) ? raw : unescape(raw, start), start);
    this.at = at + quote.length;
  }
}

const SHORT: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

function unescape(raw: string, line: number): string {
  return raw.replaceAll(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[\s\S])/g, (whole, code: string) => {
    const short = code.length === 1 ? SHORT[code] : undefined;
    if (short !== undefined) return short;
    // As Python: what is no escape stays.
    if (code.length === 1) return whole;
    const point = Number.parseInt(code.slice(1), 16);
    if (point > 0x10_ff_ff) throw new ReadFault(line, `${whole} is no character.`);
    return String.fromCodePoint(point);
  });
}
