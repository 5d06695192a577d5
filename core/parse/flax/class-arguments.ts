/** @file Values for the fields of a class: what it is made with. */
import type { ExpressionValue } from '../../document/expression.ts';
import type { Arguments, Field } from '../../document/schema.ts';
import { pythonName } from '../../emit/python/names.ts';
import { printPython } from '../python/print.ts';
import { refuse, type Expr, type Named } from '../python/syntax.ts';
import { readArgument } from './values.ts';

/** The values of fields to decide by. */
export function scopeOf(fields: readonly Field[]): Readonly<Record<string, ExpressionValue>> {
  const blank = { int: 2, float: 0.5, bool: true, text: '' } as const;
  return Object.fromEntries(
    fields.map(({ name, type, default: value }) => {
      const isPlain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
      return [name, { type, value: isPlain ? value : blank[type] }];
    }),
  );
}

/** The arguments with which a class is made: by position for the fields before the first with a default, by name for all. */
export function readClassArguments(
  fields: readonly Field[],
  call: { readonly args: readonly Expr[]; readonly named: readonly Named[]; readonly line: number },
  fieldOf: (expression: Expr) => string | undefined,
): Arguments {
  const given: Record<string, Arguments[string]> = {};
  const take = (field: Field | undefined, value: Expr, word: string) => {
    if (!field) refuse(value, `There is no field ${word} to take ${printPython(value)}.`);
    if (Object.hasOwn(given, field.name)) refuse(value, `${field.name} is given twice.`);
    const argument = readArgument({ kind: field.type, nullable: false }, value, fieldOf);
    if (argument === undefined) refuse(value, `${printPython(value)} is no ${field.type} for ${field.name}.`);
    given[field.name] = argument;
  };
  for (const [i, value] of call.args.entries()) take(fields[i], value, `number ${i + 1}`);
  for (const { name, value, line } of call.named) {
    if (name !== 'rngs')
      take(
        fields.find((field) => pythonName(field.name) === name),
        value,
        name,
      );
    else if (!/^(?:rngs|nnx\.Rngs\(-?\d+\))$/.test(printPython(value))) refuse({ line }, 'rngs is handed on as rngs=rngs.');
  }
  for (const { name, default: value } of fields) {
    if (value === undefined && given[name] === undefined) refuse(call, `${name} is not given, and has no default.`);
    if (value !== undefined && JSON.stringify(given[name]) === JSON.stringify(value)) delete given[name];
  }
  return given;
}
