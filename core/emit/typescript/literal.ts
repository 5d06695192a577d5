/** @file JSON values, texts and expressions as TypeScript, as prettier writes them. */
import { isExpression } from '../../document/arguments.ts';
import { parseExpression, type ExpressionNode } from '../../document/expression.ts';
import type { Argument } from '../../document/schema.ts';
import { escapeHidden } from '../text.ts';

/** A value, or an expression over fields; `field` gives the source of a field. Names inside are keys of ours. */
export function writeValue(value: Argument, field: (name: string) => string): string {
  if (isExpression(value)) return writeExpression(value.$, field);
  if (value === null) return 'null';
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map((item: Argument) => writeValue(item, field)).join(', ')}]`;
  const entries = Object.entries(value as Readonly<Record<string, Argument>>);
  return writeObject(entries.map(([key, item]) => `${writeKey(key)}: ${writeValue(item, field)}`));
}

/** `{ a: 1, b }`. */
export function writeObject(entries: readonly string[]): string {
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function writeKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) && key !== '__proto__' ? key : key === '__proto__' ? '["__proto__"]' : writeText(key);
}

export function writeNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
}

/** In double quotes, or in single ones where fewer of them are inside. */
export function writeText(text: string): string {
  const count = (quote: string) => text.split(quote).length;
  const quote = count('"') > count("'") ? "'" : '"';
  const plain = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return `${quote}${escapeHidden(plain, (code) => `\\u{${code.toString(16)}}`)}${quote}`;
}

/** Python's meaning in JavaScript's operators: `//` rounds down, and what is left over has the sign of the divisor. @throws Error for what is no expression. */
export function writeExpression(text: string, field: (name: string) => string): string {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error('internal: an expression that cannot be read was to be written');
  return print(parsed.value, field).text;
}

interface Printed {
  readonly text: string;
  /** The operator on the outside, or '' for what binds tighter than all. */
  readonly outer: string;
}

const STRENGTH: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, sign: 3, '**': 4, '': 5 };

function print(node: ExpressionNode, field: (name: string) => string): Printed {
  switch (node.kind) {
    case 'number':
      return { text: writeNumber(node.value.value as number), outer: '' };
    case 'name':
      return { text: field(node.name), outer: '' };
    case 'negate':
    case 'keep':
      return { text: `${node.kind === 'negate' ? '-' : '+'}${inside(print(node.of, field), 'sign', false)}`, outer: 'sign' };
    case 'operator': {
      const [left, right] = [print(node.left, field), print(node.right, field)];
      const { operator } = node;
      if (operator === '//') return { text: `Math.floor(${infix(left, '/', right)})`, outer: '' };
      if (operator === '%') {
        const times = infix(right, '*', { text: `Math.floor(${infix(left, '/', right)})`, outer: '' });
        return { text: infix(left, '-', { text: times, outer: '*' }), outer: '-' };
      }
      return { text: infix(left, operator, right), outer: operator };
    }
  }
}

function infix(left: Printed, operator: string, right: Printed): string {
  return `${inside(left, operator, false)} ${operator} ${inside(right, operator, true)}`;
}

function inside({ text, outer }: Printed, operator: string, isRight: boolean): string {
  const [own, least] = [STRENGTH[outer]!, STRENGTH[operator]!];
  // A sign before a power is an error in JavaScript; prettier sets products and quotients apart.
  const isApart =
    operator === '**'
      ? own < 5 && !(isRight && outer === '**')
      : own < least || (own === least && (isRight || outer !== operator) && own > 1);
  return isApart || (isRight && own === least && operator !== '**') ? `(${text})` : text;
}
