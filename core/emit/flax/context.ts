/** @file What a descriptor's emitter works with: the arguments of one member or op, as source. */
import { isExpression } from '../../document/arguments.ts';
import type { Arguments } from '../../document/schema.ts';
import type { Args, EmitContext, ParamSpecs } from '../../spec/index.ts';
import { pythonName } from '../python/names.ts';
import { writeArgument, type LiteralContext } from './argument.ts';

export interface ContextParts extends LiteralContext {
  readonly params: ParamSpecs;
  /** Evaluated, with defaults and inferred values. */
  readonly args: Args;
  /** As the document holds them: expressions stay as written. */
  readonly given: Arguments;
  readonly usesRngs: boolean;
  /** The source that says whether a capture runs, in a forward pass. */
  readonly captured?: () => string;
}

/** What one emitter sees: arguments as the document holds them, so that expressions stay expressions; what it leaves open, as inferred. */
export function makeContext(parts: ContextParts): EmitContext {
  const { params, args, given, usesRngs } = parts;
  const source = (name: string): string => {
    const spec = params[name];
    if (!spec) throw new Error(`internal: no parameter ${name} to write`);
    const argument = given[name] ?? args[name];
    return argument === undefined ? 'None' : writeArgument(spec.kind, argument, parts);
  };
  /** Whether leaving an argument out would mean the same. */
  const isDefault = (name: string): boolean => {
    const argument = given[name] ?? args[name];
    if (argument === undefined) return true;
    return !holdsExpression(argument) && JSON.stringify(argument) === JSON.stringify(params[name]!.default ?? null);
  };
  return {
    args,
    source,
    use: (line) => parts.use(line),
    captured: () => parts.captured?.() ?? 'False',
    kwargs({ positional = [], drop = [], rename = {} } = {}) {
      const named = Object.keys(params).filter((name) => !positional.includes(name) && !drop.includes(name) && !isDefault(name));
      return [
        ...positional.map(source),
        ...named.map((name) => `${rename[name] ?? pythonName(name)}=${source(name)}`),
        ...(usesRngs ? ['rngs=rngs'] : []),
      ].join(', ');
    },
  };
}

function holdsExpression(argument: unknown): boolean {
  return isExpression(argument) || (Array.isArray(argument) && argument.some(holdsExpression));
}
