/** @file Walking over arguments, which may hold expressions at any depth. */
import type { Argument, Expression } from './schema.ts';

/** Whether an argument is `{ $: '…' }`. */
export function isExpression(argument: unknown): argument is Expression {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    !Array.isArray(argument) &&
    Object.keys(argument).length === 1 &&
    '$' in argument &&
    typeof argument.$ === 'string'
  );
}

/** The argument with every expression text replaced by what `change` makes of it. */
export function mapArgument(argument: Argument, change: (text: string) => Argument): Argument {
  if (isExpression(argument)) return change(argument.$);
  if (Array.isArray(argument)) return argument.map((item: Argument) => mapArgument(item, change));
  if (typeof argument === 'object' && argument !== null) {
    return Object.fromEntries(Object.entries(argument).map(([key, value]) => [key, mapArgument(value as Argument, change)])) as Argument;
  }
  return argument;
}

/** The texts of all expressions in an argument. */
export function expressionsIn(argument: Argument): readonly string[] {
  const texts: string[] = [];
  mapArgument(argument, (text) => {
    texts.push(text);
    return null;
  });
  return texts;
}
