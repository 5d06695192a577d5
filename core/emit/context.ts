/** @file What a descriptor's emitter may ask for, over the arguments of one member or one op node. */
import type { Arguments } from '../document/schema.ts';
import { toSnakeCase } from '../nnx/names.ts';
import type { Args, EmitContext, ParamSpecs } from '../spec/index.ts';
import { pythonArgument, type Writing } from './python.ts';

interface Given {
  readonly params: ParamSpecs;
  /** As the document holds them: values and expressions. */
  readonly given: Arguments;
  /** Evaluated, with defaults and what was inferred. */
  readonly args: Args;
  readonly usesRngs: boolean;
}

/** Python's spelling of the arguments; expressions stay expressions. */
export function pythonContext({ params, given, args, usesRngs }: Given, writing: Writing): EmitContext {
  function source(name: string): string {
    const argument = Object.hasOwn(given, name) ? given[name]! : (args[name] ?? null);
    return pythonArgument(argument, params[name]?.kind, writing);
  }

  /** Whether the constructor would use this value anyway. */
  function isDefault(name: string): boolean {
    const value = Object.hasOwn(given, name) ? given[name] : args[name];
    return value === undefined || JSON.stringify(value) === JSON.stringify(params[name]?.default);
  }

  return {
    args,
    source,
    use: writing.use,
    kwargs({ positional = [], drop = [], rename = {} } = {}) {
      const parts: string[] = [];
      // An argument can stand by its position only while none before it is left out.
      const leading = positional.findIndex(isDefault);
      const placed = leading === -1 ? positional : positional.slice(0, leading);
      for (const name of placed) parts.push(source(name));
      for (const name of Object.keys(params)) {
        if (placed.includes(name) || drop.includes(name) || isDefault(name)) continue;
        parts.push(`${rename[name] ?? toSnakeCase(name)}=${source(name)}`);
      }
      if (usesRngs) parts.push('rngs=rngs');
      return parts.join(', ');
    },
  };
}
