/** @file What a descriptor says of PyTorch: how it is constructed and called, where channels stand, and where its tensors are found in Flax. */
import type { Args, ParamValue } from './params.ts';
import type { TensorSpec } from './shape.ts';

/** A class or a function that PyTorch lacks, written once into a file that uses it. */
export interface TorchDefinition {
  readonly name: string;
  readonly source: string;
  readonly imports?: readonly string[];
  /** What it uses itself. */
  readonly needs?: readonly TorchDefinition[];
}

/** What the place of a type in the model says, whether its code is written or only its values are laid out. */
export interface TorchPlace {
  /** The arguments with every expression evaluated, defaults filled in. */
  readonly args: Args;
  /** What comes in by a port, as far as all uses of the class agree: a length that differs is a name. Undefined for what nothing is wired to. */
  spec(port: string): TensorSpec | undefined;
  /** PyTorch lacks what is asked for: the model is refused at this node. `reason` is a sentence. */
  refuse(reason: string): never;
}

export interface TorchContext extends TorchPlace {
  /** Source text of one argument: a literal, or the expression over class fields that the document holds. */
  source(name: string): string;
  /** `, eps=0.1` for an argument that PyTorch calls so; empty where it is PyTorch's own default. */
  option(torch: string, param: string, byDefault: ParamValue): string;
  /** How many axes stand behind the channels of what comes in by a port: 0 for channels last, as the document has them. */
  layout(port: string): number;
  /** Asks for an import line at the top of the file. */
  use(line: string): void;
  /** Asks for a definition in the file; its name there. */
  define(definition: TorchDefinition): string;
}

/**
 * Where the channels of the values stand that a type takes and gives. A number: behind them so many axes, as PyTorch has them; 0 is last,
 * as in documents. `any`: as they come, for what works number by number. `inner`: it takes them as they come, and gives them last.
 */
export type TorchLayout = number | 'any' | 'inner';

interface TorchCalled {
  /** Absent: as the document has them. */
  readonly layout?: TorchLayout | ((place: TorchPlace) => TorchLayout);
}

export interface TorchOp extends TorchCalled {
  /** One expression over the source text of the inputs; a tuple if there are several outputs. */
  write(inputs: Readonly<Record<string, string>>, context: TorchContext): string;
}

/** Where a tensor of PyTorch is found in Flax. */
export interface TorchWeight {
  /** Its name below the member, there; several stand side by side on the last axis. */
  readonly flax: string | readonly string[];
  /** The axes of Flax's tensor in PyTorch's order. */
  readonly axes?: readonly number[];
  /** Axes of PyTorch's tensor that run backwards in Flax. */
  readonly flipped?: readonly number[];
}

/** The tensors of a class of PyTorch, or of the file, that have another name or another form in Flax. */
export interface TorchWeights {
  /** As it is written: `nn.Linear`. */
  readonly of: string;
  readonly tensors: Readonly<Record<string, TorchWeight>>;
}

export interface TorchLayer extends TorchCalled {
  /** The expression that makes the Module: `nn.Linear(2, 3)`. */
  construct(context: TorchContext): string;
  /** The expression that calls it; absent: `member(x, …)` with the wired inputs in port order. */
  call?(member: string, inputs: Readonly<Record<string, string>>, context: TorchContext): string;
  /** What several outputs are assigned to; absent: `a, b`. */
  targets?(names: readonly string[], args: Args): string;
  /** The expressions of its methods, by their names. */
  readonly methods?: Readonly<Record<string, (member: string, inputs: readonly string[]) => string>>;
  readonly weights?: readonly TorchWeights[] | ((place: TorchPlace) => readonly TorchWeights[]);
}

/** An optimiser: `torch.optim.Adam(parameters, lr=…)`; `learningRate` is the source of a number. */
export type TorchRule = (context: TorchContext, parameters: string, learningRate: string) => string;

/** A learning rate at `step`, a whole number of Python that counts from 0: an expression, or lines that end with `return`. */
export type TorchSchedule = (context: TorchContext) => string;
