/** @file What a descriptor's entry works with: the arguments of one member or op, as TypeScript. */
import { isExpression } from '../../document/arguments.ts';
import type { Arguments } from '../../document/schema.ts';
import type { Args, ParamSpecs, TypeScriptContext } from '../../spec/index.ts';
import { writeObject, writeValue } from './literal.ts';

export interface ContextParts {
  readonly params: ParamSpecs;
  /** Evaluated, with defaults and inferred values. */
  readonly args: Args;
  /** As the document holds them: expressions stay as written. */
  readonly given: Arguments;
  readonly usesRngs: boolean;
  /** The source of a field that an expression names. */
  readonly field: (name: string) => string;
  readonly use: (name: string) => string;
  /** The source that says whether a capture runs, in a forward pass. */
  readonly captured?: () => string;
}

export function makeContext({ params, args, given, usesRngs, field, use, captured }: ContextParts): TypeScriptContext {
  const argumentOf = (name: string) => given[name] ?? args[name] ?? null;
  const source = (name: string): string => writeValue(argumentOf(name), field);
  /** Whether leaving an argument out would mean the same. */
  const isDefault = (name: string): boolean => {
    const argument = argumentOf(name);
    return !holdsExpression(argument) && JSON.stringify(argument) === JSON.stringify(params[name]!.default ?? null);
  };
  return {
    args,
    source,
    use,
    captured: () => captured?.() ?? 'false',
    options({ drop = [], only, always = [], more = [], rngs = usesRngs } = {}) {
      const named = (only ?? Object.keys(params)).filter((name) => !drop.includes(name) && (always.includes(name) || !isDefault(name)));
      const entries = [...named.map((name) => property(name, source(name))), ...more, ...(rngs ? ['rngs'] : [])];
      return entries.length === 0 ? '' : writeObject(entries);
    },
  };
}

/** `a: 1`, or `a` for a value of that name. */
export function property(name: string, source: string): string {
  return name === source ? name : `${name}: ${source}`;
}

function holdsExpression(argument: unknown): boolean {
  return isExpression(argument) || (Array.isArray(argument) && argument.some(holdsExpression));
}
