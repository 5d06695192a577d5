/** @file The vocabulary of optimisers: what optax calls gradient transformations and schedules, and their descriptors. */
import type { EmitContext, Emits } from '../spec/emit.ts';
import type { KerasContext, KerasRule } from '../spec/emit-keras.ts';
import type { TorchRule, TorchSchedule } from '../spec/emit-pytorch.ts';
import type { ArgsOf, ParamSpecs } from '../spec/params.ts';
import type { tf } from '../tensor/tf.ts';
import type { OptState, Parameter, ParameterStates } from './opt-state.ts';

/** `factor` times each tensor, one per parameter. Constant factors are carried along as a number, so that they cost nothing. */
export interface Updates {
  readonly tensors: readonly tf.Tensor[];
  readonly factor: number;
}

/** What a rule remembers: Variables by name, by place in a chain, and by the paths of parameters. */
export type RuleState = OptState | ParameterStates | readonly RuleState[] | { readonly [name: string]: RuleState };

/**
 * A rule that turns gradients into what is added to the parameters. It holds nothing itself, so that it can be used for many models: what it
 * remembers is made by `init`, and belongs to the caller. Port of optax.GradientTransformation.
 */
export interface GradientTransformation<S extends RuleState = RuleState> {
  /** What it remembers of these parameters before the first step, under optax's names: `count`, `mu`, `nu`, `trace` … */
  init(params: readonly Parameter[]): S;
  /** The next updates, of tensors that live as long as the surrounding tidy. Writes into the Variables of `state`. */
  update(updates: Updates, state: S, params: readonly Parameter[]): Updates;
}

/** The value at a step, counted from 0. Port of optax.Schedule. */
export type Schedule = (step: number) => number;

/** The same for all steps, or by a schedule. */
export type LearningRate = number | Schedule;

/** What the run form and the emitters know of an optimiser. One of its parameters is `learningRate`, for which `make` also takes a schedule. */
export interface OptimizerDescriptor<P extends ParamSpecs = ParamSpecs> {
  readonly kind: 'optimizer';
  /** As in documents: 'adam'. */
  readonly type: string;
  readonly doc: string;
  readonly params: P;
  readonly make: (args: Omit<ArgsOf<P>, 'learningRate'> & { readonly learningRate: LearningRate }) => GradientTransformation;
  /** An expression of the target; `learningRate` is the source of a number or of a schedule. */
  readonly emit: Emits<(context: EmitContext, learningRate: string) => string, never, TorchRule> & { readonly keras?: KerasRule };
}

/** A learning rate that changes with the steps. */
export interface ScheduleDescriptor<P extends ParamSpecs = ParamSpecs> {
  readonly kind: 'schedule';
  readonly type: string;
  readonly doc: string;
  readonly params: P;
  readonly make: (args: ArgsOf<P>) => Schedule;
  /** Of PyTorch the value at `step`, an expression of plain Python. */
  readonly emit: Emits<(context: EmitContext) => string, never, TorchSchedule> & { readonly keras?: (context: KerasContext) => string };
}

/** A rule that stands in front of an optimiser. */
export interface TransformationDescriptor<P extends ParamSpecs = ParamSpecs> {
  readonly kind: 'transformation';
  readonly type: string;
  readonly doc: string;
  readonly params: P;
  readonly make: (args: ArgsOf<P>) => GradientTransformation;
  readonly emit: Emits<(context: EmitContext) => string, never, TorchSchedule>;
}

/** Checks an optimiser's descriptor against its own parameters and widens it for the list. */
export function defineOptimizer<const P extends ParamSpecs>(descriptor: Omit<OptimizerDescriptor<P>, 'kind'>): OptimizerDescriptor {
  return { kind: 'optimizer', ...descriptor } as unknown as OptimizerDescriptor;
}

/** The same for a schedule. */
export function defineSchedule<const P extends ParamSpecs>(descriptor: Omit<ScheduleDescriptor<P>, 'kind'>): ScheduleDescriptor {
  return { kind: 'schedule', ...descriptor } as unknown as ScheduleDescriptor;
}

/** The same for a rule that stands in front of an optimiser. */
export function defineTransformation<const P extends ParamSpecs>(
  descriptor: Omit<TransformationDescriptor<P>, 'kind'>,
): TransformationDescriptor {
  return { kind: 'transformation', ...descriptor } as unknown as TransformationDescriptor;
}

/** `optax.name(a=1, b=2)` with the parameters as keyword arguments, defaults left out. */
export function emitOptax(name: string, pytorch?: TorchSchedule): Emits<(context: EmitContext) => string, never, TorchSchedule> {
  return {
    ...(pytorch ? { pytorch } : {}),
    flax: (context) => {
      context.use('import optax');
      return `optax.${name}(${context.kwargs()})`;
    },
  };
}

/** `optax.name(0.001, b=2)`: the learning rate comes as source text, since it may be a schedule. */
export function emitOptimizer(name: string, pytorch?: TorchRule): OptimizerDescriptor['emit'] {
  return {
    ...(pytorch ? { pytorch } : {}),
    flax: (context, learningRate) => {
      context.use('import optax');
      const rest = context.kwargs({ drop: ['learningRate'] });
      return `optax.${name}(${learningRate}${rest === '' ? '' : `, ${rest}`})`;
    },
  };
}
