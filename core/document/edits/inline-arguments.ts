/** @file Arguments of a class's members as the class around would write them: fields replaced by what is given for them. */
import { isExpression, mapArgument } from '../arguments.ts';
import { parseExpression, printExpression } from '../expression.ts';
import type { Argument, Arguments, Field } from '../schema.ts';
import { EditError } from './edit-error.ts';

/** What each field is worth where the class is used: the argument, or its default. */
export type FieldValues = ReadonlyMap<string, Argument | undefined>;

export function fieldValues(fields: readonly Field[], args: Arguments): FieldValues {
  return new Map(fields.map(({ name, default: fallback }) => [name, Object.hasOwn(args, name) ? args[name] : fallback]));
}

/** @throws EditError where a field is used that is given no value, or one that no expression can hold */
export function inlineArgument(argument: Argument, values: FieldValues): Argument {
  return mapArgument(argument, (text) => {
    const parsed = parseExpression(text);
    if (!parsed.ok) return { $: text };
    if (parsed.value.kind === 'name') return valueOf(parsed.value.name, values);
    const written = printExpression(parsed.value, (name) => (values.has(name) ? `(${textOf(name, values)})` : name));
    const again = parseExpression(written);
    return { $: again.ok ? printExpression(again.value, (name) => name) : written };
  });
}

export function inlineArguments(args: Arguments, values: FieldValues): Arguments {
  return Object.fromEntries(Object.entries(args).map(([name, argument]) => [name, inlineArgument(argument, values)]));
}

function valueOf(name: string, values: FieldValues): Argument {
  if (!values.has(name)) return { $: name };
  const value = values.get(name);
  if (value === undefined) throw new EditError(`a value for the field ${name}`, 'none', `Set ${name} on the node first.`);
  return value;
}

function textOf(name: string, values: FieldValues): string {
  const value = valueOf(name, values);
  if (isExpression(value)) return value.$;
  if (typeof value === 'number') return String(value);
  throw new EditError(
    `a number for the field ${name}, which is part of an expression`,
    JSON.stringify(value),
    `Set ${name} on the node first.`,
  );
}
