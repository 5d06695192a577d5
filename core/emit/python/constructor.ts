/** @file How a class of the document is constructed: the parameters of `__init__`, and the arguments with which others call it. */
import { isExpression } from '../../document/arguments.ts';
import { expressionNames, parseExpression } from '../../document/expression.ts';
import type { Argument, Arguments, Field } from '../../document/schema.ts';
import { writeExpression } from './expression.ts';
import { writeFloat, writePlain } from './literal.ts';
import { pythonName } from './names.ts';

const PYTHON_TYPES = { int: 'int', float: 'float', bool: 'bool', text: 'str' } as const;

/** Fields that can be given by position: those before the first that has a default. */
function positionalFields(fields: readonly Field[]): readonly Field[] {
  const first = fields.findIndex((field) => field.default !== undefined);
  return first < 0 ? fields : fields.slice(0, first);
}

/** What stands between the brackets of `__init__`; `last` is a parameter that can only be given by name, such as `rngs: nnx.Rngs`. */
export function writeSignature(fields: readonly Field[], last?: string): string {
  const positional = positionalFields(fields);
  const rest = fields.slice(positional.length);
  // A parameter without a default may only follow one with a default behind the star.
  const needsStar = rest.some((field) => writtenDefault(field) === undefined);
  const write = (field: Field) => {
    const value = writtenDefault(field);
    return `${pythonName(field.name)}: ${PYTHON_TYPES[field.type]}${value === undefined ? '' : ` = ${value}`}`;
  };
  const star = needsStar || last !== undefined ? ['*'] : [];
  const named = rest.map(write);
  return [
    'self',
    ...positional.map(write),
    ...(needsStar ? [...star, ...named] : [...named, ...star]),
    ...(last === undefined ? [] : [last]),
  ].join(', ');
}

/** A default of the field's type; nothing where it is another, or names fields, which Python could not know there. */
function writtenDefault(field: Field): string | undefined {
  const { default: value } = field;
  if (value === undefined) return undefined;
  if (isExpression(value)) {
    const isConstant = parseExpression(value.$).ok && expressionNames(value.$).length === 0;
    return isConstant ? writeValue(field, value, String) : undefined;
  }
  const fits =
    field.type === 'text' ? typeof value === 'string' : field.type === 'bool' ? typeof value === 'boolean' : typeof value === 'number';
  return fits ? writeValue(field, value, String) : undefined;
}

function writeValue(field: Field, value: Argument, fieldName: (name: string) => string): string {
  if (isExpression(value)) return writeExpression(value.$, fieldName);
  return field.type === 'float' && typeof value === 'number' ? writeFloat(value) : writePlain(value as never);
}

/** The arguments with which a class is made: by position as far as possible, values that are defaults left out. */
export function writeConstructorArguments(fields: readonly Field[], given: Arguments, rngs?: string): string {
  const positional = positionalFields(fields);
  // A default that Python cannot hold is said at every call.
  const argumentOf = (field: Field) => given[field.name] ?? (writtenDefault(field) === undefined ? field.default : undefined);
  const write = (field: Field): string => writeValue(field, argumentOf(field) ?? null, pythonName);
  const named = fields.slice(positional.length).filter((field) => {
    const argument = argumentOf(field);
    return argument !== undefined && (writtenDefault(field) === undefined || JSON.stringify(argument) !== JSON.stringify(field.default));
  });
  return [
    ...positional.map(write),
    ...named.map((field) => `${pythonName(field.name)}=${write(field)}`),
    ...(rngs === undefined ? [] : [`rngs=${rngs}`]),
  ].join(', ');
}
