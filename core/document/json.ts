/**
 * @file Reads JSON with places. The platform's `JSON.parse` words its errors differently in every engine, drops the first of two
 * equal keys without a word, and takes `__proto__` as a key; where it did none of that its answer is taken, for it is much faster.
 */
import type { JsonValue } from './schema.ts';

export interface JsonFault {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly got: string;
}

export type JsonResult = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly fault: JsonFault };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN_TEXT = /[ !#-[\]-\uffff]*/y; // all but ", \ and control characters
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const WORDS: readonly (readonly [string, null | boolean])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];
const MAX_DEPTH = 200; // a document nests less than 20 deep; keeps the recursion from overflowing

class Fault extends Error {
  constructor(
    readonly index: number,
    readonly expected: string,
    readonly got?: string,
  ) {
    super(expected);
  }
}

/** Reads a whole text as one value, after RFC 8259; equal keys, `__proto__` and too deep nesting are refused. Never throws. */
export function parseJson(text: string): JsonResult {
  const plain = readByPlatform(text);
  if (plain !== undefined) return { ok: true, value: plain };
  try {
    return { ok: true, value: new Reader(text).readAll() };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.index);
    const line = before.split('\n').length;
    const column = error.index - before.lastIndexOf('\n');
    return { ok: false, fault: { line, column, expected: error.expected, got: error.got ?? describe(text, error.index) } };
  }
}

/** What the platform reads, if it has lost nothing and the reader below would refuse nothing: then there are as many keys as colons. */
function readByPlatform(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return countKeys(value, 0) === countColons(text) ? value : undefined;
  } catch {
    return undefined; // the reader says what is wrong
  }
}

/** How many keys a value has at all depths; NaN where the reader would refuse one of them, a number or the depth. */
function countKeys(value: JsonValue, depth: number): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === MAX_DEPTH) return NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) count += countKeys(item, depth + 1);
    return count;
  }
  const record = value as Readonly<Record<string, JsonValue>>;
  for (const key in record) count += key === '__proto__' ? NaN : 1 + countKeys(record[key]!, depth + 1);
  return count;
}

const [QUOTE, BACKSLASH, COLON] = [34, 92, 58];

/** The colons outside of texts, in what is known to be JSON: one for each key, also for those that are there twice. */
function countColons(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON) count++;
    if (code !== QUOTE) continue;
    for (i++; text.charCodeAt(i) !== QUOTE; i++) if (text.charCodeAt(i) === BACKSLASH) i++;
  }
  return count;
}

function describe(text: string, index: number): string {
  if (index >= text.length) return 'the end of the file';
  const code = text.codePointAt(index)!;
  return code < 32 ? (code === 10 || code === 13 ? 'the end of the line' : 'a control character') : `"${String.fromCodePoint(code)}"`;
}

class Reader {
  private index = 0;
  private depth = 0;
  constructor(private readonly text: string) {
    if (text.startsWith('\uFEFF')) this.index = 1;
  }

  readAll(): JsonValue {
    const value = this.value();
    this.space();
    if (this.index < this.text.length) throw new Fault(this.index, 'the end of the file');
    return value;
  }

  private space(): void {
    while (' \n\r\t'.includes(this.text[this.index] ?? 'x')) this.index++;
  }

  /** Steps over a sign if it comes next. */
  private take(sign: string): boolean {
    this.space();
    if (this.text[this.index] !== sign) return false;
    this.index++;
    return true;
  }

  private value(): JsonValue {
    this.space();
    const sign = this.text[this.index];
    if (sign === '{') return this.nested(() => this.object());
    if (sign === '[') return this.nested(() => this.array());
    if (sign === '"') return this.string();
    NUMBER.lastIndex = this.index;
    const number = NUMBER.exec(this.text)?.[0];
    if (number !== undefined) {
      const value = Number(number);
      if (!Number.isFinite(value)) throw new Fault(this.index, 'a number below 1.8e308', number);
      this.index += number.length;
      return value;
    }
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.index)) continue;
      this.index += word.length;
      return value;
    }
    throw new Fault(this.index, 'a value');
  }

  private nested(read: () => JsonValue): JsonValue {
    if (++this.depth > MAX_DEPTH) throw new Fault(this.index, `at most ${MAX_DEPTH} levels of nesting`);
    const value = read();
    this.depth--;
    return value;
  }

  private object(): JsonValue {
    this.index++;
    const result: Record<string, JsonValue> = {};
    if (this.take('}')) return result;
    do {
      this.space();
      const start = this.index;
      if (this.text[start] !== '"') throw new Fault(start, 'a key in double quotes');
      const key = this.string();
      if (key === '__proto__') throw new Fault(start, 'a key other than __proto__', '__proto__');
      if (Object.hasOwn(result, key)) throw new Fault(start, 'each key once', `"${key}" a second time`);
      if (!this.take(':')) throw new Fault(this.index, '":"');
      result[key] = this.value();
    } while (this.take(','));
    if (!this.take('}')) throw new Fault(this.index, '"," or "}"');
    return result;
  }

  private array(): JsonValue {
    this.index++;
    const result: JsonValue[] = [];
    if (this.take(']')) return result;
    do result.push(this.value());
    while (this.take(','));
    if (!this.take(']')) throw new Fault(this.index, '"," or "]"');
    return result;
  }

  private string(): string {
    this.index++;
    let result = '';
    for (;;) {
      PLAIN_TEXT.lastIndex = this.index;
      const plain = PLAIN_TEXT.exec(this.text)![0];
      result += plain;
      this.index += plain.length;
      const sign = this.text[this.index];
      if (sign === '"') {
        this.index++;
        return result;
      }
      if (sign !== '\\') throw new Fault(this.index, 'a closing double quote');
      result += this.escape();
    }
  }

  private escape(): string {
    const sign = this.text[this.index + 1] ?? '';
    if (sign === 'u') {
      const digits = this.text.slice(this.index + 2, this.index + 6);
      if (!/^[\da-fA-F]{4}$/.test(digits)) throw new Fault(this.index, 'four hexadecimal digits after \\u');
      this.index += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (!Object.hasOwn(ESCAPES, sign)) throw new Fault(this.index, 'an escape of JSON such as \\n or \\"', `\\${sign}`);
    this.index += 2;
    return ESCAPES[sign]!;
  }
}
