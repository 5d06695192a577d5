/** @file Arguments as PyTorch takes them, by the kind of the parameter. */
import { isExpression } from '../../document/arguments.ts';
import type { Argument } from '../../document/schema.ts';
import type { ParamKind, ParamValue } from '../../spec/index.ts';
import { writeExpression } from '../python/expression.ts';
import { writeFloat, writePlain, writeTuple } from '../python/literal.ts';

/** A parameter's value, or an expression over fields, whose source `field` gives. */
export function writeArgument(kind: ParamKind, argument: Argument, field: (name: string) => string): string {
  if (isExpression(argument)) return writeExpression(argument.$, field);
  if (argument === null) return 'None';
  if (kind === 'float' && typeof argument === 'number') return writeFloat(argument);
  if (kind === 'dtype') return `torch.${String(argument)}`;
  if (Array.isArray(argument)) return writeTuple(argument.map((item: Argument) => writeArgument(kind, item, field)));
  return writePlain(argument as ParamValue);
}
