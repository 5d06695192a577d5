/** @file What a descriptor says of Keras, on whichever of its backends. */
import type { Args } from './params.ts';
import type { TensorSpec } from './shape.ts';

/** What an entry may ask for while it is written. */
export interface KerasContext {
  /** The arguments with every expression evaluated, defaults filled in. */
  readonly args: Args;
  /** Source text of one argument: a literal, or the expression over class fields that the document holds. */
  source(name: string): string;
  /** `a, b=1`: `positional` first, then `named`, parameter to Keras's word for it, without those that are ours by default unless `always`. */
  kwargs(options: KerasArguments): string;
  /** What comes in by a port, or what goes out; a length that is not the same wherever the class is used is a text. */
  spec(port: string): TensorSpec | undefined;
  output(port: string): TensorSpec | undefined;
  /** In a call of a layer with a mode: `training`, or `False` where the document evaluates it in any case. */
  readonly training: string;
  /** In a call: the name of what leaves by a port, `_` where nothing reads it. */
  target(port: string): string;
  /** In a call: writes a line before. An entry that has assigned all targets so gives the empty text. */
  line(text: string): void;
  /** Asks for an import line. */
  use(line: string): void;
}

export interface KerasArguments {
  readonly positional?: readonly string[];
  readonly named?: Readonly<Record<string, string>>;
  readonly always?: readonly string[];
}

/** A class that Keras lacks: it is written once into the file of a model that uses it. */
export interface KerasDefinition {
  readonly name: string;
  readonly source: string;
  readonly imports?: readonly string[];
}

/** Where the weights of a layer are that have other names in Flax. */
export interface KerasWeights {
  /** The class of Keras, as code names it. */
  readonly type: string;
  /** From the rest of Flax's path to that of Keras: `scale` to `gamma`. */
  readonly names?: Readonly<Record<string, string>>;
  /** The numbers as Keras holds them, over `value`. */
  readonly convert?: string;
}

export interface KerasLayer {
  /** The expression that makes the layer. */
  construct(context: KerasContext): string;
  readonly definitions?: (args: Args) => readonly KerasDefinition[];
  readonly weights?: (args: Args) => readonly KerasWeights[];
  /** The shape of what comes in, for weights that are read before it is called. */
  input?(context: KerasContext): string;
  /** The expression that calls it; absent: `member(x)` with the wired inputs in port order, and `training` for layers with a mode. */
  call?(member: string, inputs: Readonly<Record<string, string>>, context: KerasContext): string;
  /** The expression of another method. */
  readonly methods?: Readonly<Record<string, (member: string, inputs: Readonly<Record<string, string>>, context: KerasContext) => string>>;
}

/** One expression over the source text of the inputs; a tuple if there are several outputs. */
export type KerasOp = (inputs: Readonly<Record<string, string>>, context: KerasContext) => string;

/** An optimiser: the call that makes it, and a class where Keras has none of its meaning. */
export type KerasRule = (
  context: KerasContext,
  learningRate: string,
  isScheduled: boolean,
) => { readonly call: string; readonly definition?: KerasDefinition };

/** What Keras cannot express, as a sentence: the node is refused. */
export class KerasGap extends Error {}

/** Ends the writing of an entry. @throws KerasGap */
export function kerasGap(reason: string): never {
  throw new KerasGap(reason);
}
