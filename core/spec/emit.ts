/** @file How a descriptor writes itself as source code, for each target. */
import type { Args, ParamValue } from './params.ts';

/** What an emitter may ask for while it writes. Names come out in the target's own spelling (snake_case in Python). */
export interface EmitContext {
  /** The arguments with every expression evaluated, defaults filled in. */
  readonly args: Args;
  /** Source text of one argument: a literal, or the expression over class fields that the document holds. */
  source(name: string): string;
  /** The arguments of a constructor: `positional` first, the rest by name, defaults left out, `rngs=rngs` last if the layer draws. */
  kwargs(options?: {
    readonly positional?: readonly string[];
    readonly drop?: readonly string[];
    readonly rename?: Readonly<Record<string, string>>;
  }): string;
  /** In a call: the source that says whether a capture runs, for what is only sown then. */
  captured(): string;
  /** Asks for an import line at the top of the file, such as `import jax.numpy as jnp`. */
  use(line: string): void;
}

/** What a descriptor says of each target: Flax always, others as they come. */
export interface Emits<Flax, TypeScript = never, PyTorch = never> {
  readonly flax: Flax;
  /** Absent: PyTorch is not known to have it, and a model with it is refused. */
  readonly pytorch?: PyTorch;
  /** Absent where it is said by the constructor and its options, or by the function of its name with inputs in port order and options. */
  readonly typescript?: TypeScript;
}

export interface LayerEmitter {
  /** The expression that makes the Module: `nnx.Linear(2, 3, rngs=rngs)`. */
  construct(context: EmitContext): string;
  /** A class that the target lacks: it is written once into the file of a model that uses it, and is called as the type is. */
  readonly definition?: { readonly source: string; readonly imports: readonly string[] };
  /** The expression that calls it; absent: `member(x, …)` with the wired inputs in port order. */
  call?(member: string, inputs: Readonly<Record<string, string>>, context: EmitContext): string;
  /** What several outputs are assigned to; absent: `a, b`. */
  targets?(names: readonly string[], args: Args): string;
}

export interface OpEmitter {
  /** One expression over the source text of the inputs; a tuple if there are several outputs. */
  (inputs: Readonly<Record<string, string>>, context: EmitContext): string;
}

/** What an entry for TypeScript on core may ask for while it is written. */
export interface TypeScriptContext {
  /** The arguments with every expression evaluated, defaults filled in. */
  readonly args: Args;
  /** Source text of one argument: a literal, or the expression over class fields that the document holds. */
  source(name: string): string;
  /** `{ axis: 1, rngs }`: the parameters but `drop`, or `only` these, without those that are defaults unless `always`; then `more`. Empty where nothing is left. */
  options(options?: {
    readonly drop?: readonly string[];
    readonly only?: readonly string[];
    readonly always?: readonly string[];
    readonly more?: readonly string[];
    /** False for a layer that draws nothing itself. */
    readonly rngs?: boolean;
  }): string;
  /** In a call: the source that says whether a capture runs. */
  captured(): string;
  /** The local name of a public name of core. */
  use(name: string): string;
}

export interface TypeScriptLayer {
  /** The expression that makes the Module; absent: `new Type({ … })`. */
  construct?(context: TypeScriptContext): string;
  /** The expression that calls it; absent: `member.call(x, …)` with the wired inputs in port order. */
  call?(member: string, inputs: Readonly<Record<string, string>>, context: TypeScriptContext): string;
  /** What several outputs are assigned to; absent: `[a, b]`. A name that is not needed is empty. */
  targets?(names: readonly string[], args: Args): string;
  /** The arguments of its type: `<true>`. */
  generic?(args: Args): string;
}

/** How a function of core is called, where inputs in port order and then options is not it. */
export interface TypeScriptCall {
  /** The inputs are one array. */
  readonly array?: boolean;
  /** Parameters that stand by position, before the inputs and behind them. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** Inputs that are options. */
  readonly named?: readonly string[];
  /** Parameters that are no arguments of the function. */
  readonly drop?: readonly string[];
}

export type TypeScriptOp = TypeScriptCall | ((inputs: Readonly<Record<string, string>>, context: TypeScriptContext) => string);

/** A constructor call with the parameters as keyword arguments. */
export function construct(name: string, options: Parameters<EmitContext['kwargs']>[0] = {}): LayerEmitter {
  return { construct: (context) => `${name}(${context.kwargs(options)})` };
}

/** What the code of a run is written with: the loss, and the source of its data. */
export interface RunEmitContext {
  /** JSON as a literal of the target. */
  literal(value: ParamValue): string;
  use(line: string): void;
}

/** What the code of a loss is written with besides: its arguments, complete, and the name of the tuple of inputs. */
export interface LossEmitContext extends RunEmitContext {
  readonly args: Args;
  readonly inputs: string;
}

export interface LossEmitter {
  /** The loss of a batch as one expression over the names of the outputs and of the labels. */
  loss(outputs: readonly [string, ...string[]], labels: string, context: LossEmitContext): string;
  /** How many rows are right, where the loss is one of classes. */
  correct?(output: string, labels: string, context: RunEmitContext): string;
}
