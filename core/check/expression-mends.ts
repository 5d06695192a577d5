/** @file How an expression that cannot be evaluated is mended: a name for which there is no field, a division that gives a fraction. */
import { isExpression } from '../document/arguments.ts';
import { evaluateExpression, expressionNames, parseExpression, renameInExpression } from '../document/expression.ts';
import { nameFault } from '../document/names.ts';
import type { Argument, Field } from '../document/schema.ts';
import { remove, type Mend, type ParamSpec, type ParamValue } from '../spec/index.ts';
import type { Scope } from './instance.ts';

/** `text` is the expression at fault, which the argument is or holds. The field that was meant is written, or made. */
export function namingMends(param: string, argument: Argument, text: string, fields: readonly Field[], spec?: ParamSpec): readonly Mend[] {
  const isWhole = isExpression(argument) && argument.$ === text;
  const cleared = isWhole && (spec?.default !== undefined || spec?.from) ? [remove(param)] : [];
  if (!parseExpression(text).ok) return cleared;
  const lost = expressionNames(text).filter((name) => !fields.some((field) => field.name === name));
  const [name, ...others] = lost;
  if (name === undefined || others.length > 0) return cleared;
  const near = fields.find((field) => field.name.toLowerCase() === name.toLowerCase() || isOneLetterOff(field.name, name));
  const renamed: readonly Mend[] =
    near && isWhole
      ? [
          {
            kind: 'set',
            label: `Write ${near.name} instead of ${name}`,
            args: { [param]: { $: renameInExpression(text, name, near.name) } },
          },
        ]
      : [];
  const made: readonly Mend[] =
    nameFault(name, 'field') === undefined
      ? [{ kind: 'field', label: `Add the field ${name}`, name, ...startOf(spec, text === name) }]
      : [];
  return [...renamed, ...made, ...cleared];
}

/** The type of a field that stands for a parameter, and a default with which the model can be looked at. */
function startOf(spec: ParamSpec | undefined, isAlone: boolean): Pick<Extract<Mend, { kind: 'field' }>, 'type' | 'value'> {
  const start = (spec?.start ?? spec?.default) as ParamValue | undefined;
  if (spec?.kind === 'float') return { type: 'float', value: isAlone && typeof start === 'number' ? start : 0.1 };
  if (spec?.kind === 'bool') return { type: 'bool', value: start === true };
  return { type: 'int', value: isAlone && Number.isInteger(start) ? start! : 8 };
}

/** The same with `//` for `/`, where that gives an integer. */
export function wholeDivision(param: string, argument: Argument, scope: Scope): readonly Mend[] {
  if (!isExpression(argument)) return [];
  const text = argument.$.replace(/(?<!\/)\/(?!\/)/g, '//');
  const result = evaluateExpression(text, scope);
  if (text === argument.$ || !result.ok || result.value.type !== 'int') return [];
  return [{ kind: 'set', label: `Divide with // in ${param}`, args: { [param]: { $: text } } }];
}

/** One letter more, less or another. */
function isOneLetterOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.max(a.length, b.length) < 3) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  return [
    [1, 1],
    [1, 0],
    [0, 1],
  ].some(([inA, inB]) => a.slice(start + inA!) === b.slice(start + inB!));
}
