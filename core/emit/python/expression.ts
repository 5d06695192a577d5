/** @file Expressions over fields as Python source, printed from what was read, never copied. */
import { parseExpression, printExpression } from '../../document/expression.ts';

/**
 * The source of an expression; `nameOf` gives that of a field.
 * @throws Error for a text that is no expression: callers write what was checked.
 */
export function writeExpression(text: string, nameOf: (name: string) => string): string {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error('internal: an expression that cannot be read was to be written');
  // Black writes the power of plain operands without spaces.
  return printExpression(parsed.value, nameOf).replaceAll(PLAIN_POWER, '$1**$2');
}

const PLAIN_POWER = /(?<![\w.)\]])((?:\d[\w.]*|[A-Za-z_][\w.]*)) \*\* (-?(?:\d[\w.]*|[A-Za-z_][\w.]*))(?![\w.(]| \*\*)/g;
