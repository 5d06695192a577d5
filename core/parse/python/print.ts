/** @file Expressions as text again, and whether two say the same. */
import { writeFloat, writeInteger } from '../../emit/python/literal.ts';
import { writeText } from '../../emit/python/text.ts';
import type { Expr } from './syntax.ts';

/** On one line, with every operation in parentheses that stands within another. */
export function printPython(expression: Expr): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'number':
      return expression.isFloat ? writeFloat(expression.value) : writeInteger(expression.value);
    case 'text':
      return writeText(expression.value);
    case 'constant':
      return expression.value === null ? 'None' : expression.value ? 'True' : 'False';
    case 'ellipsis':
      return '...';
    case 'tuple':
      return `(${expression.items.map(printPython).join(', ')}${expression.items.length === 1 ? ',' : ''})`;
    case 'list':
      return `[${expression.items.map(printPython).join(', ')}]`;
    case 'dict':
      return `{${expression.entries.map((pair) => pair.map(printPython).join(': ')).join(', ')}}`;
    case 'attribute':
      return `${inner(expression.of)}.${expression.name}`;
    case 'index':
      return `${inner(expression.of)}[${printIndices(expression.index)}]`;
    case 'range':
      return printRange(expression.parts);
    case 'call':
      return `${inner(expression.of)}(${[...expression.args.map(printPython), ...expression.named.map(({ name, value }) => `${name}=${printPython(value)}`)].join(', ')})`;
    case 'unary':
      return `${expression.operator}${inner(expression.of)}`;
    case 'binary':
      return `${inner(expression.left)} ${expression.operator} ${inner(expression.right)}`;
    case 'each':
      return `${printPython(expression.item)} for ${expression.name} in ${printPython(expression.in)}`;
    case 'lambda':
      return `lambda ${expression.names.join(', ')}: ${printPython(expression.body)}`;
  }
}

/** What stands between brackets behind a value: `0, 1:3`. */
export function printIndices(index: Expr): string {
  return index.kind === 'tuple' ? index.items.map(printPython).join(', ') : printPython(index);
}

function printRange([from, to, step]: readonly (Expr | null)[]): string {
  const part = (each: Expr | null | undefined) => (each ? printPython(each) : '');
  return `${part(from)}:${part(to)}${step ? `:${part(step)}` : ''}`;
}

function inner(expression: Expr): string {
  const isLoose =
    ['unary', 'binary', 'lambda', 'range'].includes(expression.kind) || (expression.kind === 'number' && expression.value < 0);
  return isLoose ? `(${printPython(expression)})` : printPython(expression);
}

/** Whether two expressions are the same but for where they stand. */
export function sameExpression(a: Expr, b: Expr): boolean {
  return a === b || (a.kind === b.kind && printPython(a) === printPython(b));
}
