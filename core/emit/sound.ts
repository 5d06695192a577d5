/**
 * @file What of a document may become code: names that are identifiers, expressions that can be read and name fields alone. Texts are written
 * as literals or as comments, and nothing else of a document is written at all.
 */
import { isExpression } from '../document/arguments.ts';
import { parseExpression, printExpression } from '../document/expression.ts';
import { nameFault, type NameUse } from '../document/names.ts';
import { shorten } from '../document/problem.ts';
import type { Argument, Field, ModelClass } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { toSnakeCase } from '../nnx/names.ts';

/** Why a name cannot stand in code, as the end of the sentence "expected …"; undefined if it can. */
export function codeNameFault(name: string, use: NameUse): string | undefined {
  return nameFault(name, use) ?? nameFault(toSnakeCase(name), use);
}

/** Why a class cannot be written, for a comment; undefined if it can. */
export function classFault(modelClass: ModelClass): string | undefined {
  const graph = graphOf(modelClass);
  const names: readonly (readonly [string, NameUse])[] = [
    [modelClass.name, 'class'],
    ...modelClass.fields.map(({ name }) => [name, 'field'] as const),
    ...modelClass.members.map(({ name }) => [name, 'member'] as const),
    ...graph.inputs.map(({ name }) => [name, 'input'] as const),
  ];
  for (const [name, use] of names) {
    const fault = codeNameFault(name, use);
    if (fault !== undefined) return `the ${use} "${name}": expected ${fault}`;
  }
  return undefined;
}

/** An expression printed from its tree; undefined if it cannot be read, or names what is no field. */
export function expressionSource(
  text: string,
  fields: readonly Pick<Field, 'name'>[],
  nameOf: (name: string) => string,
): string | undefined {
  const parsed = parseExpression(text);
  if (!parsed.ok) return undefined;
  const known = new Set(fields.map((field) => field.name));
  let isKnown = true;
  const source = printExpression(parsed.value, (name) => {
    if (!known.has(name)) isKnown = false;
    return nameOf(name);
  });
  return isKnown ? source : undefined;
}

/** Whether every expression in an argument can be printed. */
export function isPrintable(argument: Argument | undefined, fields: readonly Pick<Field, 'name'>[]): boolean {
  if (argument === undefined || argument === null || typeof argument !== 'object') return true;
  if (isExpression(argument)) return expressionSource(argument.$, fields, (name) => name) !== undefined;
  return Object.values(argument as Readonly<Record<string, Argument>>).every((each) => isPrintable(each, fields));
}

// Line breaks in every alphabet, other control characters, and marks that turn the direction of what follows.
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;
const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text in one line of a comment. */
export function commentText(text: string): string {
  return shorten(text.replaceAll(UNSAFE, ' ').replaceAll(HALF_PAIR, '\ufffd').trim(), 300);
}

/** Lines of a doc text, without what cannot stand in source. */
export function docLines(text: string): readonly string[] {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .split('\n')
    .map((line) => line.replaceAll(UNSAFE, ' ').replaceAll(HALF_PAIR, '\ufffd').trim());
}
