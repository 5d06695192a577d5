/** @file What a descriptor's entry for PyTorch works with: the arguments of one member or op as source, and what comes in. */
import { isExpression } from '../../document/arguments.ts';
import type { Argument, Arguments } from '../../document/schema.ts';
import type { TorchContext, TorchDefinition, TorchPlace } from '../../spec/emit-pytorch.ts';
import type { Args, ParamSpecs, TensorSpec } from '../../spec/index.ts';
import { writeArgument } from './argument.ts';

/** PyTorch lacks what a node or a member asks for. */
export class TorchRefusal extends Error {
  override readonly name = 'TorchRefusal';
}

export interface PlaceParts {
  readonly args: Args;
  /** Arguments that are not the same in all uses of the class. */
  readonly varying: ReadonlySet<string>;
  readonly specs: Readonly<Record<string, TensorSpec | undefined>>;
}

export interface ContextParts extends PlaceParts {
  readonly params: ParamSpecs;
  readonly given: Arguments;
  readonly layouts?: Readonly<Record<string, number>>;
  /** The source of a field: `width` in a constructor, `self.width` in a call. */
  readonly field: (name: string) => string;
  readonly use: (line: string) => void;
  readonly define: (definition: TorchDefinition) => string;
}

export function makePlace({ args, varying, specs }: PlaceParts): TorchPlace {
  return {
    args: varying.size === 0 ? args : guarded(args, varying),
    spec: (port) => specs[port],
    refuse: (reason) => {
      throw new TorchRefusal(reason);
    },
  };
}

export function makeContext(parts: ContextParts): TorchContext {
  const { params, args, given, layouts = {}, field, use, define } = parts;
  const argumentOf = (name: string): Argument | undefined => given[name] ?? args[name];
  const source = (name: string): string => {
    const argument = argumentOf(name);
    return argument === undefined ? 'None' : writeArgument(params[name]!.kind, argument, field);
  };
  return {
    ...makePlace(parts),
    source,
    option(torch, param, byDefault) {
      const argument = argumentOf(param);
      if (argument === undefined || (!holdsExpression(argument) && JSON.stringify(argument) === JSON.stringify(byDefault))) return '';
      return `, ${torch}=${source(param)}`;
    },
    layout: (port) => layouts[port] ?? 0,
    use,
    define,
  };
}

/** Code that depends on the value of an argument is right for one use only. */
function guarded(args: Args, varying: ReadonlySet<string>): Args {
  return new Proxy(args, {
    get(target, name) {
      if (typeof name === 'string' && varying.has(name))
        throw new TorchRefusal(`Its ${name} differs from one use of the class to another, and PyTorch's code would differ with it.`);
      return Reflect.get(target, name);
    },
  });
}

function holdsExpression(argument: unknown): boolean {
  return isExpression(argument) || (Array.isArray(argument) && argument.some(holdsExpression));
}
