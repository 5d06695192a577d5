/** @file The options with which a class of the document is made. */
import { isExpression } from '../../document/arguments.ts';
import { expressionNames, parseExpression } from '../../document/expression.ts';
import type { Argument, Arguments, Field } from '../../document/schema.ts';
import { identifier } from '../identifier.ts';
import { property } from './context.ts';
import { writeObject, writeValue } from './literal.ts';

/** A default of the field's type; nothing where it is another, or names fields, of which not all are known there. */
export function writtenDefault({ default: value, type }: Field): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (isExpression(value)) {
    const isConstant = parseExpression(value.$).ok && expressionNames(value.$).length === 0;
    return isConstant ? writeValue(value, String) : undefined;
  }
  const kind = type === 'text' ? 'string' : type === 'bool' ? 'boolean' : 'number';
  return typeof value === kind ? writeValue(value, String) : undefined;
}

/** `{ width: 4, rngs }`: values that are defaults are left out. */
export function writeArguments(
  fields: readonly Field[],
  given: Arguments,
  nameOf: (name: string) => string,
  rngs: string | undefined,
): string {
  const entries = fields.flatMap((field) => {
    const written = writtenDefault(field);
    const argument: Argument | undefined = given[field.name] ?? (written === undefined ? field.default : undefined);
    const isDefault = written !== undefined && (argument === undefined || JSON.stringify(argument) === JSON.stringify(field.default));
    return isDefault ? [] : [property(identifier(field.name), writeValue(argument ?? null, nameOf))];
  });
  const all = [...entries, ...(rngs === undefined ? [] : [property('rngs', rngs)])];
  return all.length === 0 ? (fields.length > 0 ? '{}' : '') : writeObject(all);
}
