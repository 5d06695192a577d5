/** @file Words to trees: expressions, by how tightly their operators bind. */
import { refuse, type Expr, type Named } from './syntax.ts';
import type { Token } from './tokens.ts';

const MAX_DEPTH = 100;
/** From loose to tight. */
const LEVELS: readonly (readonly string[])[] = [
  ['<', '<=', '>', '>=', '==', '!='],
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
];
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const WORDS = new Set('and or not if else for in is lambda import from class def return pass yield await async while with try'.split(' '));

export class ExpressionParser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get token(): Token {
    return this.tokens[this.at]!;
  }
  take(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.at++;
    return token;
  }
  isAt(kind: Token['kind']): boolean {
    return this.token.kind === kind;
  }
  isSymbol(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }
  takeWord(text: string): boolean {
    if (this.token.kind !== 'name' || this.token.text !== text) return false;
    this.take();
    return true;
  }
  expectSymbol(text: string): void {
    if (!this.isSymbol(text)) refuse(this.token, `"${text}" was expected, not ${this.shown()}.`);
    this.take();
  }
  expectName(): string {
    if (this.token.kind !== 'name' || WORDS.has(this.token.text)) refuse(this.token, `A name was expected, not ${this.shown()}.`);
    return this.take().text;
  }
  private shown(): string {
    const { kind, text } = this.token;
    return kind === 'newline' || kind === 'end' ? 'the end of the line' : JSON.stringify(text);
  }

  /** One, or several with commas between as a tuple. */
  expressions(): Expr {
    const { line } = this.token;
    const first = this.expression();
    if (!this.isSymbol(',')) return first;
    const items = [first];
    while (this.isSymbol(',')) {
      this.take();
      if (this.isAt('newline') || this.isSymbol('=') || this.isSymbol(')') || this.isSymbol(']')) break;
      items.push(this.expression());
    }
    return { kind: 'tuple', items, line };
  }

  expression(): Expr {
    const { token } = this;
    if (++this.depth > MAX_DEPTH) refuse(token, 'This is nested more deeply than a person writes.');
    try {
      if (this.takeWord('lambda')) {
        const names: string[] = [];
        while (!this.isSymbol(':')) {
          names.push(this.expectName());
          if (!this.isSymbol(':')) this.expectSymbol(',');
        }
        this.take();
        return { kind: 'lambda', names, body: this.expression(), line: token.line };
      }
      const expression = this.level(0);
      const next = this.token;
      if (
        next.kind === 'name' &&
        (next.text === 'if' || next.text === 'and' || next.text === 'or' || next.text === 'is' || next.text === 'not')
      )
        refuse(next, `"${next.text}" is not read: a graph has no branches.`);
      return expression;
    } finally {
      this.depth--;
    }
  }

  private level(index: number): Expr {
    const symbols = LEVELS[index];
    if (!symbols) return this.signed();
    let left = this.level(index + 1);
    for (let count = 0; this.token.kind === 'symbol' && symbols.includes(this.token.text); count++) {
      const { text: operator, line } = this.take();
      if (index === 0 && count > 0) refuse({ line }, 'Two comparisons in a row are not read.');
      left = { kind: 'binary', operator, left, right: this.level(index + 1), line };
    }
    return left;
  }

  private signed(): Expr {
    const { token } = this;
    if (token.kind === 'symbol' && ['-', '+', '~'].includes(token.text)) {
      if (++this.depth > MAX_DEPTH) refuse(token, 'This is nested more deeply than a person writes.');
      this.take();
      const of = this.signed();
      this.depth--;
      if (token.text === '-' && of.kind === 'number') return { ...of, value: -of.value };
      return { kind: 'unary', operator: token.text, of, line: token.line };
    }
    const base = this.trailed();
    if (!this.isSymbol('**')) return base;
    this.take();
    return { kind: 'binary', operator: '**', left: base, right: this.signed(), line: token.line };
  }

  /** Calls, attributes and indices behind a value. */
  private trailed(): Expr {
    let value = this.atom();
    for (;;) {
      const { line } = this.token;
      if (this.isSymbol('.')) {
        this.take();
        value = { kind: 'attribute', of: value, name: this.expectName(), line };
      } else if (this.isSymbol('[')) {
        this.take();
        value = { kind: 'index', of: value, index: this.indices(), line };
        this.expectSymbol(']');
      } else if (this.isSymbol('(')) value = this.call(value);
      else return value;
    }
  }

  private call(of: Expr): Expr {
    const { line } = this.take();
    const args: Expr[] = [];
    const named: Named[] = [];
    while (!this.isSymbol(')')) {
      const { token } = this;
      if (this.isSymbol('**')) refuse(token, 'Arguments that are unpacked are not read.');
      if (this.isSymbol('*')) {
        this.take();
        args.push({ kind: 'unary', operator: '*', of: this.expression(), line: token.line });
        if (!this.isSymbol(')')) this.expectSymbol(',');
        continue;
      }
      const value = this.expression();
      if (value.kind === 'name' && this.isSymbol('=')) {
        this.take();
        if (named.some(({ name }) => name === value.name)) refuse(token, `${value.name} is given twice.`);
        named.push({ name: value.name, value: this.expression(), line: token.line });
      } else if (named.length > 0) refuse(token, 'An argument by position cannot stand behind one by name.');
      else if (this.token.kind === 'name' && this.token.text === 'for') args.push(this.each(value));
      else args.push(value);
      if (!this.isSymbol(')')) this.expectSymbol(',');
    }
    this.take();
    return { kind: 'call', of, args, named, line };
  }

  private indices(): Expr {
    const { line } = this.token;
    const items = [this.range()];
    if (!this.isSymbol(',')) return items[0]!;
    while (this.isSymbol(',')) {
      this.take();
      if (!this.isSymbol(']')) items.push(this.range());
    }
    return { kind: 'tuple', items, line };
  }

  private range(): Expr {
    const { line } = this.token;
    const isEnd = () => this.isSymbol(':') || this.isSymbol(',') || this.isSymbol(']');
    const first = isEnd() ? null : this.expression();
    if (!this.isSymbol(':')) return first ?? refuse(this.token, 'A place was expected between the brackets.');
    const parts: [Expr | null, Expr | null, Expr | null] = [first, null, null];
    for (let i = 1; i < 3 && this.isSymbol(':'); i++) {
      this.take();
      if (!isEnd()) parts[i] = this.expression();
    }
    return { kind: 'range', parts, line };
  }

  private each(item: Expr): Expr {
    const { line } = this.take();
    const name = this.expectName();
    if (!this.takeWord('in')) refuse(this.token, '"in" was expected.');
    const over = this.expression();
    return { kind: 'each', item, name, in: over, line };
  }

  private atom(): Expr {
    const { token } = this;
    const { kind, text, line } = token;
    if (kind === 'number') {
      this.take();
      const digits = text.replaceAll('_', '');
      return { kind: 'number', value: Number(digits), isFloat: /[.eE]/.test(digits) && !/^0[xX]/.test(digits), line };
    }
    if (kind === 'text') {
      let value = '';
      while (this.isAt('text')) value += this.take().text;
      return { kind: 'text', value, line };
    }
    if (kind === 'name') {
      const constant = CONSTANTS.get(text);
      if (constant !== undefined) {
        this.take();
        return { kind: 'constant', value: constant, line };
      }
      return { kind: 'name', name: this.expectName(), line };
    }
    if (this.isSymbol('...')) {
      this.take();
      return { kind: 'ellipsis', line };
    }
    if (this.isSymbol('(')) return this.parentheses();
    if (this.isSymbol('[')) return this.list();
    if (this.isSymbol('{')) return this.dict();
    return refuse(token, `A value was expected, not ${this.shown()}.`);
  }

  private parentheses(): Expr {
    const { line } = this.take();
    if (this.isSymbol(')')) {
      this.take();
      return { kind: 'tuple', items: [], line };
    }
    const inside = this.expressions();
    this.expectSymbol(')');
    return inside;
  }

  private list(): Expr {
    const { line } = this.take();
    const items: Expr[] = [];
    while (!this.isSymbol(']')) {
      items.push(this.expression());
      if (items.length === 1 && this.token.kind === 'name' && this.token.text === 'for') {
        const all = this.each(items[0]!);
        this.expectSymbol(']');
        return { kind: 'list', items: [all], line };
      }
      if (!this.isSymbol(']')) this.expectSymbol(',');
    }
    this.take();
    return { kind: 'list', items, line };
  }

  private dict(): Expr {
    const { line } = this.take();
    const entries: (readonly [Expr, Expr])[] = [];
    while (!this.isSymbol('}')) {
      const key = this.expression();
      this.expectSymbol(':');
      entries.push([key, this.expression()]);
      if (!this.isSymbol('}')) this.expectSymbol(',');
    }
    this.take();
    return { kind: 'dict', entries, line };
  }
}
