/** @file Words to trees: statements. What Python can do besides is refused by its line. */
import { ExpressionParser } from './expressions.ts';
import { refuse, type Expr, type Parameter, type Statement } from './syntax.ts';
import { tokenize } from './tokens.ts';

/** Reads a file. @throws ReadFault by line. */
export function parsePython(source: string): readonly Statement[] {
  const parser = new Parser(tokenize(source));
  const statements: Statement[] = [];
  while (!parser.isAt('end')) statements.push(...parser.statement());
  return statements;
}

/** Reads one expression. @throws ReadFault */
export function parsePythonExpression(source: string): Expr {
  const parser = new Parser(tokenize(source));
  const expression = parser.expressions();
  if (parser.isAt('newline')) parser.take();
  if (!parser.isAt('end')) refuse(parser.token, 'One expression was expected.');
  return expression;
}

const UNREAD = new Set(
  'while try with raise assert del global nonlocal async await yield match elif else except finally lambda'.split(' '),
);

class Parser extends ExpressionParser {
  /** One logical line, which may hold several statements, or one with a block. */
  statement(): readonly Statement[] {
    const { token } = this;
    if (token.kind === 'indent') refuse(token, 'This line is further in than the one before it allows.');
    if (token.kind === 'symbol' && token.text === '@') refuse(token, 'Decorators are not read.');
    if (token.kind === 'name') {
      if (UNREAD.has(token.text))
        refuse(token, `"${token.text}" is not read: a model is made of assignments, calls and loops over its lists.`);
      if (token.text === 'class') return [this.classStatement()];
      if (token.text === 'def') return [this.defStatement()];
      if (token.text === 'for') return [this.forStatement()];
      if (token.text === 'if') return [this.ifStatement()];
    }
    const statements = [this.simple()];
    while (this.isSymbol(';')) {
      this.take();
      if (!this.isAt('newline')) statements.push(this.simple());
    }
    this.expectNewline();
    return statements;
  }

  private simple(): Statement {
    const { token } = this;
    const { line } = token;
    if (token.kind === 'name' && (token.text === 'import' || token.text === 'from')) {
      const words: string[] = [];
      while (!this.isAt('newline') && !this.isSymbol(';')) words.push(this.take().text);
      const text = words
        .join(' ')
        .replaceAll(/ ?\. ?/g, '.')
        .replaceAll(/\( | \)/g, '')
        .replaceAll(' ,', ',');
      return { kind: 'import', text, line };
    }
    if (this.takeWord('pass')) return { kind: 'pass', line };
    if (this.takeWord('return')) return { kind: 'return', value: this.isAt('newline') ? null : this.expressions(), line };
    const target = this.expressions();
    if (this.isSymbol(':')) {
      this.take();
      this.expression();
      if (!this.isSymbol('=')) refuse(token, 'A type without a value is not read.');
    }
    if (this.token.kind === 'symbol' && /^[-+*/%@]{1,2}=$/.test(this.token.text)) {
      const operator = this.take().text.slice(0, -1);
      return { kind: 'assign', target, value: { kind: 'binary', operator, left: target, right: this.expressions(), line }, line };
    }
    if (!this.isSymbol('=')) return { kind: 'expression', value: target, line };
    this.take();
    const value = this.expressions();
    if (this.isSymbol('=')) refuse(token, 'Several names for one value in one line are not read.');
    return { kind: 'assign', target, value, line };
  }

  private block(): readonly Statement[] {
    this.expectSymbol(':');
    if (!this.isAt('newline')) return this.statement();
    this.take();
    if (!this.isAt('indent')) refuse(this.token, 'An indented block was expected.');
    this.take();
    const statements: Statement[] = [];
    while (!this.isAt('dedent')) statements.push(...this.statement());
    this.take();
    return statements;
  }

  private classStatement(): Statement {
    const { line } = this.take();
    const name = this.expectName();
    const bases: Expr[] = [];
    if (this.isSymbol('(')) {
      this.take();
      while (!this.isSymbol(')')) {
        bases.push(this.expression());
        if (!this.isSymbol(')')) this.expectSymbol(',');
      }
      this.take();
    }
    return { kind: 'class', name, bases, body: this.block(), line };
  }

  private defStatement(): Statement {
    const { line } = this.take();
    const name = this.expectName();
    this.expectSymbol('(');
    const parameters: Parameter[] = [];
    while (!this.isSymbol(')')) {
      const { token } = this;
      if (this.isSymbol('*') || this.isSymbol('**') || this.isSymbol('/')) {
        this.take();
        if (token.text === '**' || this.token.kind === 'name') {
          if (name !== 'capturing') refuse(token, 'Parameters of any number are not read.');
          this.expectName();
          if (this.isSymbol(':')) this.annotation();
        }
      } else {
        const parameter = this.expectName();
        const type = this.isSymbol(':') ? this.annotation() : null;
        const value = this.isSymbol('=') ? (this.take(), this.expression()) : null;
        parameters.push({ name: parameter, type, default: value, line: token.line });
      }
      if (!this.isSymbol(')')) this.expectSymbol(',');
    }
    this.take();
    const result = this.isSymbol('->') ? (this.take(), this.expression()) : null;
    return { kind: 'def', name, parameters, result, body: this.block(), line };
  }

  private annotation(): Expr {
    this.take();
    return this.expression();
  }

  private forStatement(): Statement {
    const { line } = this.take();
    const name = this.expectName();
    if (!this.takeWord('in')) refuse(this.token, 'A loop has one name, and goes over a list of modules: `for layer in self.layers:`.');
    return { kind: 'for', name, in: this.expression(), body: this.block(), line };
  }

  private ifStatement(): Statement {
    const { line } = this.take();
    return { kind: 'if', test: this.expression(), body: this.block(), line };
  }

  private expectNewline(): void {
    if (!this.isAt('newline')) refuse(this.token, `The end of the line was expected, not ${JSON.stringify(this.token.text)}.`);
    this.take();
  }
}
