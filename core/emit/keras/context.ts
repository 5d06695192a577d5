/** @file What a descriptor's entry works with: the arguments of one member or op, as Keras takes them, and what is known of its tensors. */
import { isExpression } from '../../document/arguments.ts';
import type { Arguments } from '../../document/schema.ts';
import { kerasGap, type Args, type KerasContext, type ParamSpecs, type TensorSpec } from '../../spec/index.ts';
import { writeArgument } from './argument.ts';

export interface ContextParts {
  readonly params: ParamSpecs;
  /** Evaluated, with defaults and inferred values. */
  readonly args: Args;
  /** As the document holds them: expressions stay as written. */
  readonly given: Arguments;
  /** The source of a field that an expression names. */
  readonly field: (name: string) => string;
  readonly use: (line: string) => void;
  readonly inputs: Readonly<Record<string, TensorSpec | undefined>>;
  readonly outputs: Readonly<Record<string, TensorSpec | undefined>>;
  readonly training: string;
  readonly targets?: Readonly<Record<string, string>>;
  readonly line?: (text: string) => void;
}

export function makeContext({ params, args, given, field, use, inputs, outputs, training, targets, line }: ContextParts): KerasContext {
  const source = (name: string): string => {
    const spec = params[name];
    if (!spec) throw new Error(`internal: no parameter ${name} to write`);
    return writeArgument(spec.kind, given[name] ?? args[name] ?? null, field);
  };
  const isDefault = (name: string): boolean => {
    const argument = given[name] ?? args[name];
    if (argument === undefined) return true;
    return !holdsExpression(argument) && JSON.stringify(argument) === JSON.stringify(params[name]!.default ?? null);
  };
  return {
    args,
    source,
    use,
    training,
    spec: (port) => inputs[port],
    output: (port) => outputs[port],
    target: (port) => targets?.[port] ?? '_',
    line: (text) => (line ? line(text) : kerasGap('All outputs together cannot be those of a list.')),
    kwargs({ positional = [], named = {}, always = [] }) {
      const written = Object.entries(named).filter(([name]) => always.includes(name) || !isDefault(name));
      return [...positional.map(source), ...written.map(([name, word]) => `${word}=${source(name)}`)].join(', ');
    },
  };
}

function holdsExpression(argument: unknown): boolean {
  return isExpression(argument) || (Array.isArray(argument) && argument.some(holdsExpression));
}
