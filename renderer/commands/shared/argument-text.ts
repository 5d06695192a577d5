/** @file Arguments as the user types them: a value, or an expression over the fields of the class such as `4 * width`. */
import { expressionNames, isExpression, parseExpression, problemText, type Argument } from '../../../core/document/index.ts';
import { checkArg, type ParamSpec, type ParamValue } from '../../../core/spec/index.ts';

export type ArgumentReading =
  /** `undefined`: cleared, so that the default or what is inferred holds. */
  { readonly ok: true; readonly value: Argument | undefined } | { readonly ok: false; readonly message: string };

const INTEGER = /^[-+]?\d+$/;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const NONE = new Set(['none', 'null', 'None']);

/** The text of an argument in its field; empty for one that is not set. */
export function writeArgument(value: Argument | undefined): string {
  if (value === undefined) return '';
  if (value === null) return 'none';
  if (isExpression(value)) return value.$;
  if (Array.isArray(value))
    return value.map((item: Argument) => (Array.isArray(item) ? `(${writeArgument(item)})` : writeArgument(item))).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** Reads what was typed for a parameter; what does not fit is refused with what was expected. */
export function readArgument(name: string, spec: ParamSpec, text: string): ArgumentReading {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: undefined };
  if (NONE.has(trimmed)) return spec.nullable ? { ok: true, value: null } : refuse(`Expected ${name} to have a value: it cannot be none.`);
  const value = readByKind(spec, trimmed);
  if (value === undefined) return refuse(explain(name, spec, trimmed));
  if (holdsExpression(value)) return { ok: true, value };
  const problem = checkArg(name, spec, value as ParamValue);
  return problem ? refuse(problemText(problem)) : { ok: true, value };
}

function refuse(message: string): ArgumentReading {
  return { ok: false, message };
}

function readByKind(spec: ParamSpec, text: string): Argument | undefined {
  switch (spec.kind) {
    case 'int':
    case 'float':
      return readNumber(text);
    case 'bool':
      // A number is an expression, too, but never true or false: Python would take any but 0 for true.
      return text === 'true' || text === 'false' ? text === 'true' : NUMBER.test(text) ? undefined : readExpression(text);
    case 'ints':
      return readList(text);
    case 'padding':
      return /^[A-Za-z]+$/.test(text) && !INTEGER.test(text) && text === text.toUpperCase() ? text : readList(text);
    default:
      // A text is taken as it stands; an expression in its place is marked by "=".
      return text.startsWith('=') ? readExpression(text.slice(1)) : text;
  }
}

function readNumber(text: string): Argument | undefined {
  return NUMBER.test(text) ? Number(text) : readExpression(text);
}

function readExpression(text: string): Argument | undefined {
  const parsed = parseExpression(text.trim());
  return parsed.ok ? { $: text.trim() } : undefined;
}

/** `3`, `3, 3`, `[3, 3]`, `(1, 2), (0, 0)`; items may be expressions. */
function readList(text: string): Argument | undefined {
  if (INTEGER.test(text)) return Number(text);
  const inner = stripBrackets(text);
  const items = splitTopLevel(inner);
  if (items.length === 1 && inner === text) return readNumber(text);
  const values = items.map((item) =>
    /^[([]/.test(item) && splitTopLevel(stripBrackets(item)).length > 1 ? readList(item) : readNumber(item),
  );
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** The inside of brackets that enclose the whole text. */
function stripBrackets(text: string): string {
  const encloses = /^[([].*[)\]]$/s.test(text) && closesAtEnd(text);
  return encloses ? text.slice(1, -1).trim() : text;
}

function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (const [index, letter] of [...text].entries()) {
    if (letter === '(' || letter === '[') depth++;
    if (letter === ')' || letter === ']') depth--;
    if (depth === 0) return index === text.length - 1;
  }
  return false;
}

function splitTopLevel(text: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(' || text[i] === '[') depth++;
    if (text[i] === ')' || text[i] === ']') depth--;
    if (text[i] === ',' && depth === 0) {
      items.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  items.push(text.slice(start).trim());
  return items.filter((item) => item !== '');
}

function holdsExpression(value: Argument): boolean {
  return isExpression(value) || (Array.isArray(value) && value.some((item: Argument) => holdsExpression(item)));
}

function explain(name: string, spec: ParamSpec, text: string): string {
  const wanted = { bool: 'true, false', int: 'a whole number', float: 'a number', ints: 'whole numbers such as 3 or 3, 3' } as Readonly<
    Record<string, string>
  >;
  const noun = wanted[spec.kind] ?? 'a value';
  return `Expected ${noun} or an expression over the fields for ${name}, got "${text}".`;
}

/** Names in an expression that are no fields of the class. */
export function unknownNames(value: Argument | undefined, fields: readonly string[]): readonly string[] {
  if (!isExpression(value)) return [];
  return expressionNames(value.$).filter((name) => !fields.includes(name));
}
