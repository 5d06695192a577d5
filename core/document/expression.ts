/**
 * @file Expressions over the fields of a class, such as `4 * width`: numbers, names, + - * / // % ** and parentheses.
 * They mean what they mean in Python, because the emitted code holds them as written: `/` gives a float, `//` rounds
 * down, `%` takes the sign of the divisor, `-2 ** 2` is -4.
 */

export interface ExpressionError {
  /** From 1. */
  readonly column: number;
  readonly expected: string;
  readonly got: string;
  readonly fix: string;
}

/** A value with the type that Python would give it: an int parameter refuses 4.0. */
export interface ExpressionValue {
  readonly type: 'int' | 'float' | 'bool' | 'text';
  readonly value: number | boolean | string;
}

export type ExpressionNode =
  | { readonly kind: 'number'; readonly value: ExpressionValue; readonly column: number }
  | { readonly kind: 'name'; readonly name: string; readonly column: number }
  | { readonly kind: 'negate' | 'keep'; readonly of: ExpressionNode; readonly column: number }
  | {
      readonly kind: 'operator';
      readonly operator: Operator;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
      readonly column: number;
    };

export type Operator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type ExpressionResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ExpressionError };

interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'end' | 'stray';
  readonly text: string;
  readonly column: number;
}

const TOKEN = /\s*(?:((?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|\/\/|[-+*/%()])|(\S))/y;
const MAX_LENGTH = 500;
const MAX_DEPTH = 50; // deeper than any person writes; keeps the recursion from overflowing

class Fault extends Error {
  constructor(readonly error: ExpressionError) {
    super(error.expected);
  }
}

function fail(column: number, expected: string, got: string, fix: string): never {
  throw new Fault({ column, expected, got, fix });
}

function attempt<T>(work: () => T): ExpressionResult<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, error: error.error };
    throw error;
  }
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [whole, number, name, symbol, stray] = match;
    const word = number ?? name ?? symbol ?? stray!;
    const kind = number === undefined ? (name === undefined ? (symbol === undefined ? 'stray' : 'symbol') : 'name') : 'number';
    tokens.push({ kind, text: word, column: match.index + whole.length - word.length + 1 });
  }
  return tokens;
}

/** Reads an expression. */
export function parseExpression(text: string): ExpressionResult<ExpressionNode> {
  return attempt(() => {
    if (text.length > MAX_LENGTH)
      fail(MAX_LENGTH, `at most ${MAX_LENGTH} characters`, `${text.length}`, 'Move the sum into a field of its own.');
    return new Parser(tokenize(text), text.length + 1).readAll();
  });
}

class Parser {
  private position = 0;
  private depth = 0;
  constructor(
    private readonly tokens: readonly Token[],
    private readonly endColumn: number,
  ) {}

  readAll(): ExpressionNode {
    const node = this.sum();
    const rest = this.peek();
    if (rest.kind !== 'end') this.fault(rest, 'an operator or the end');
    return node;
  }

  private peek(): Token {
    return this.tokens[this.position] ?? { kind: 'end', text: '', column: this.endColumn };
  }

  private fault(token: Token, expected: string): never {
    const got = token.kind === 'end' ? 'the end of the expression' : `"${token.text}" at column ${token.column}`;
    fail(token.column, expected, got, 'Write numbers and field names with + - * / // % ** and parentheses, such as 4 * width.');
  }

  private sum(): ExpressionNode {
    return this.leftToRight(['+', '-'], () => this.product());
  }

  private product(): ExpressionNode {
    return this.leftToRight(['*', '/', '//', '%'], () => this.signed());
  }

  private leftToRight(operators: readonly string[], next: () => ExpressionNode): ExpressionNode {
    let left = next();
    for (let token = this.peek(); token.kind === 'symbol' && operators.includes(token.text); token = this.peek()) {
      this.position++;
      left = { kind: 'operator', operator: token.text as Operator, left, right: next(), column: token.column };
    }
    return left;
  }

  private signed(): ExpressionNode {
    const token = this.peek();
    if (token.kind !== 'symbol' || (token.text !== '-' && token.text !== '+')) return this.power();
    this.position++;
    return this.deeper(token, () => ({ kind: token.text === '-' ? 'negate' : 'keep', of: this.signed(), column: token.column }));
  }

  private power(): ExpressionNode {
    const left = this.atom();
    const token = this.peek();
    if (token.kind !== 'symbol' || token.text !== '**') return left;
    this.position++;
    return this.deeper(token, () => ({ kind: 'operator', operator: '**', left, right: this.signed(), column: token.column }));
  }

  private atom(): ExpressionNode {
    const token = this.peek();
    this.position++;
    if (token.kind === 'number') {
      const type = /[.eE]/.test(token.text) ? 'float' : 'int';
      const value = Number(token.text);
      if (!Number.isFinite(value) || (type === 'int' && !Number.isSafeInteger(value)))
        fail(token.column, 'a number that can be reckoned with', token.text, 'Use a smaller number.');
      return { kind: 'number', value: { type, value }, column: token.column };
    }
    if (token.kind === 'name') return { kind: 'name', name: token.text, column: token.column };
    if (token.text !== '(') this.fault(token, 'a number, a field name or "("');
    return this.deeper(token, () => {
      const inner = this.sum();
      const close = this.peek();
      if (close.text !== ')') this.fault(close, '")"');
      this.position++;
      return inner;
    });
  }

  private deeper(token: Token, read: () => ExpressionNode): ExpressionNode {
    if (++this.depth > MAX_DEPTH) this.fault(token, `at most ${MAX_DEPTH} levels of nesting`);
    const node = read();
    this.depth--;
    return node;
  }
}

/** The value of an expression under the fields in scope. */
export function evaluateExpression(text: string, scope: Readonly<Record<string, ExpressionValue>>): ExpressionResult<ExpressionValue> {
  const parsed = parseExpression(text);
  return parsed.ok ? attempt(() => evaluate(parsed.value, scope)) : parsed;
}

function evaluate(node: ExpressionNode, scope: Readonly<Record<string, ExpressionValue>>): ExpressionValue {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'name':
      if (Object.hasOwn(scope, node.name)) return scope[node.name]!;
      return fail(node.column, namesOf(scope), `"${node.name}"`, `Add a field ${node.name}, or use another name.`);
    case 'negate':
    case 'keep': {
      const { type, value } = numeric(evaluate(node.of, scope), node);
      return checked(type, node.kind === 'negate' ? -value : value, node);
    }
    case 'operator': {
      const left = numeric(evaluate(node.left, scope), node);
      const right = numeric(evaluate(node.right, scope), node);
      return apply(node.operator, left, right, node);
    }
  }
}

function namesOf(scope: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(scope);
  return names.length === 0 ? 'numbers only, as the class has no fields' : `a field among ${names.join(', ')}`;
}

interface NumericValue {
  readonly type: 'int' | 'float';
  readonly value: number;
}

function numeric({ type, value }: ExpressionValue, node: ExpressionNode): NumericValue {
  if (typeof value === 'number') return { type: type === 'int' ? 'int' : 'float', value };
  return fail(node.column, 'numbers to reckon with', `the ${type} ${JSON.stringify(value)}`, 'Use fields of type int or float.');
}

function apply(operator: Operator, a: NumericValue, b: NumericValue, node: ExpressionNode): ExpressionValue {
  const type = a.type === 'int' && b.type === 'int' ? 'int' : 'float';
  if ((operator === '/' || operator === '//' || operator === '%') && b.value === 0) {
    fail(node.column, 'a divisor other than 0', '0', 'Change the divisor.');
  }
  const x = a.value;
  const y = b.value;
  switch (operator) {
    case '+':
      return checked(type, x + y, node);
    case '-':
      return checked(type, x - y, node);
    case '*':
      return checked(type, x * y, node);
    case '/':
      return checked('float', x / y, node);
    case '//':
      return checked(type, (x - modulo(x, y)) / y, node);
    case '%':
      return checked(type, modulo(x, y), node);
    case '**':
      return checked(type === 'int' && y < 0 ? 'float' : type, x ** y, node);
  }
}

/** The remainder with the sign of the divisor. */
function modulo(x: number, y: number): number {
  const remainder = x % y;
  return remainder !== 0 && remainder < 0 !== y < 0 ? remainder + y : remainder;
}

function checked(type: 'int' | 'float', value: number, node: ExpressionNode): ExpressionValue {
  // Python's integers have no bound; ours are exact up to 2^53, far beyond any length.
  if (!Number.isFinite(value) || (type === 'int' && !Number.isSafeInteger(value))) {
    fail(node.column, 'a number that can be reckoned with', String(value), 'Use smaller numbers.');
  }
  return { type, value: type === 'int' && value === 0 ? 0 : value };
}

/** The names in an expression, without repeats, in order of appearance. A text that cannot be read gives what names it has. */
export function expressionNames(text: string): readonly string[] {
  return [...new Set(tokenize(text).flatMap((token) => (token.kind === 'name' ? [token.text] : [])))];
}

/** How strongly an operator binds. */
const STRENGTH: Readonly<Record<Operator, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '//': 2, '%': 2, '**': 4 };
const SIGN = 3;
const ATOM = 5;

/**
 * The expression written from its tree, with the fewest parentheses: no text of a document goes through, only numbers, operators and what
 * `nameOf` makes of the names.
 */
export function printExpression(node: ExpressionNode, nameOf: (name: string) => string): string {
  return print(node, nameOf).text;
}

interface Printed {
  readonly text: string;
  readonly strength: number;
}

function print(node: ExpressionNode, nameOf: (name: string) => string): Printed {
  const inside = (each: ExpressionNode, least: number): string => {
    const { text, strength } = print(each, nameOf);
    return strength < least ? `(${text})` : text;
  };
  switch (node.kind) {
    case 'number':
      return { text: printNumber(node.value), strength: ATOM };
    case 'name':
      return { text: nameOf(node.name), strength: ATOM };
    case 'negate':
    case 'keep':
      return { text: `${node.kind === 'negate' ? '-' : '+'}${inside(node.of, SIGN)}`, strength: SIGN };
    case 'operator': {
      const strength = STRENGTH[node.operator];
      // Powers bind from the right and take a sign behind them, all others from the left.
      const [left, right] =
        node.operator === '**'
          ? [inside(node.left, ATOM), inside(node.right, SIGN)]
          : [inside(node.left, strength), inside(node.right, strength + 1)];
      return { text: `${left} ${node.operator} ${right}`, strength };
    }
  }
}

/** As Python reads it: a float keeps its point. */
function printNumber({ type, value }: ExpressionValue): string {
  const text = String(value);
  return type === 'float' && !/[.e]/.test(text) ? `${text}.0` : text.replace('e+', 'e');
}

/** The expression with every name changed; spaces and parentheses stay as written. */
function mapExpressionNames(text: string, change: (name: string) => string): string {
  let result = '';
  let end = 0;
  for (const token of tokenize(text)) {
    if (token.kind !== 'name') continue;
    result += text.slice(end, token.column - 1) + change(token.text);
    end = token.column - 1 + token.text.length;
  }
  return result + text.slice(end);
}

/** The text with one name replaced wherever it stands as a name; spaces and the rest stay as they were typed. */
export function renameInExpression(text: string, from: string, to: string): string {
  return mapExpressionNames(text, (name) => (name === from ? to : name));
}
