/** @file Gradients with respect to Modules, States, Variables and tensors. Port of nnx.grad and nnx.value_and_grad at 18f8f31. */
import { tf } from '../tensor/tf.ts';
import { type DiagnosticHandler, placeText, report } from './diagnostics.ts';
import { ValueError } from './errors.ts';
import { dispose } from './dispose.ts';
import type { Filter } from './filter.ts';
import { type GraphOption, isGraphMode } from './graph-mode.ts';
import { GradPlan, type PlannedArgument, refuseAliasing } from './grad-arguments.ts';
import type { Module } from './module.ts';
import { mapTensors, toScope, visitTensors } from './ownership.ts';
import type { Path } from './path.ts';
import type { State } from './state.ts';
import { recordGradients } from './tape.ts';
import { TapRecorder, withTapRecorder } from './taps.ts';
import { typeNameOf } from './type-name.ts';
import { Param, Perturbation, type Variable } from './variable.ts';

/** An argument to differentiate, and which of its Variables. Port of nnx.DiffState. */
export class DiffState {
  constructor(
    readonly argnum: number,
    readonly filter: Filter,
  ) {}
}

/** One position, or several in the order in which the gradients are wanted. */
export type Argnums = number | DiffState | readonly (number | DiffState)[];

/** Options of `grad` and `valueAndGrad`. */
export interface GradOptions<N extends Argnums = Argnums, H extends boolean = boolean> extends GraphOption {
  /** The argument to differentiate (default 0), or an array of them: then the gradients are an array too. */
  readonly argnums?: N;
  /** Whether the function returns `[value, aux]`. */
  readonly hasAux?: H;
  /**
   * Receives the gradients of the single calls of each perturbation that is zero; the gradient in the State is their sum.
   * null: the call does not reach the value. The tensors are only valid during the call.
   */
  readonly onCallGradients?: (path: Path, gradients: readonly (tf.Tensor | null)[]) => void;
  /** Hears what is noticed; otherwise all subscribers do. */
  readonly onDiagnostic?: DiagnosticHandler;
}

/** The gradient of an argument: a State for a Module; for everything else the same type again. */
export type GradientOf<T> = T extends Module
  ? State<Param>
  : T extends State<infer L>
    ? State<L>
    : T extends Variable<unknown> | tf.Tensor
      ? T
      : T extends number
        ? tf.Tensor
        : T extends readonly unknown[] | Readonly<Record<string, unknown>>
          ? { -readonly [K in keyof T]: GradientOf<T[K]> }
          : never;

/** The gradients that `argnums` asks for. */
export type GradientsFor<A extends readonly unknown[], N> = N extends number
  ? GradientOf<A[N]>
  : N extends DiffState
    ? State
    : N extends readonly unknown[]
      ? { -readonly [I in keyof N]: GradientsFor<A, N[I]> }
      : never;

/**
 * A function that returns `[value, grads]`, or `[[value, aux], grads]` with `hasAux`, for a function `f` to a scalar.
 *
 * A Module is differentiated with respect to its Params (a `DiffState` chooses others, raw tensors too) and gives a State; a
 * State, or arrays and objects of Variables, with respect to all of them; a tensor gives a tensor. A shared Variable counts once,
 * under its first path, with all its uses. In tree mode a Module gives a Module with gradients in place of all its Variables. Inputs that do not reach the value have
 * zero gradients, and a perturbation that does not is reported.
 *
 * Memory: the value, gradient tensors and the tensors in `aux` are the caller's; gradient States and Variables own theirs:
 * dispose them. Everything else that `f` makes is freed, except what Variables hold. Port of nnx.value_and_grad.
 * @throws TypeError if the value is no float scalar, an input is not of floats, or an argument is missing; ValueError if an
 *   argument is named twice, a Variable is differentiated in one argument and not in another, or in tree mode for shared
 *   Variables and DiffStates. What `f` throws comes through.
 */
export function valueAndGrad<A extends unknown[], V, Aux, const N extends Argnums = 0>(
  f: (...args: A) => readonly [V, Aux],
  options: GradOptions<N, true> & { readonly hasAux: true },
): (...args: A) => [[V, Aux], GradientsFor<A, N>];
export function valueAndGrad<A extends unknown[], R, const N extends Argnums = 0, H extends boolean = false>(
  f: (...args: A) => R,
  options?: GradOptions<N, H>,
): (...args: A) => [R, GradientsFor<A, N>];
export function valueAndGrad(f: (...args: unknown[]) => unknown, options: GradOptions = {}): (...args: unknown[]) => [unknown, unknown] {
  if (typeof f !== 'function')
    throw new ValueError(`nnx.grad does not support bound methods. Write (model, x) => model.run(x); got ${typeNameOf(f)}.`);
  const { argnums = 0 } = options;
  const wanted = (Array.isArray(argnums) ? argnums : [argnums]) as (number | DiffState)[];
  return (...args) => {
    const isGraph = isGraphMode(options.graph);
    if (!isGraph && wanted.some((entry) => entry instanceof DiffState))
      throw new ValueError(
        'argnums cannot contain `DiffState` objects in tree mode: there every Variable is differentiated. Use graph mode.',
      );
    if (!isGraph) refuseAliasing(args);
    const recorder = new TapRecorder();
    const plan = new GradPlan(recorder, isGraph);
    let aux: unknown = undefined;
    let made: readonly unknown[] = [];
    try {
      const { positions, filters } = resolveArgnums(wanted, args.length);
      const planned = new Map<number, PlannedArgument>();
      // In the order of the arguments: what is shared between two belongs to the first.
      for (const i of positions.toSorted((a, b) => a - b)) planned.set(i, plan.argument(args[i], filters.get(i) ?? Param));
      plan.refuseInconsistency(args.filter((_, i) => !planned.has(i)));
      const callArgs = args.map((arg, i) => (planned.has(i) ? planned.get(i)!.value : arg));
      const forward = (): tf.Tensor => {
        const out = f(...callArgs);
        const [value, rest] = options.hasAux ? checkPair(out) : [out, undefined];
        const scalar = tf.clone(checkScalar(value));
        // Handles of their own: what comes back may be a Variable's tensor, or the caller's.
        aux = mapTensors(rest, (tensor) => tf.keep(tf.clone(tensor)));
        plan.addHandles();
        return scalar;
      };
      const { value, gradients } = withTapRecorder(recorder, () => recordGradients(forward, plan.inputs));
      plan.gradients = gradients;
      const grads = positions.map((i) => planned.get(i)!.gradient());
      made = [value, grads];
      tellAboutPerturbations(plan, options);
      visitTensors(aux, toScope);
      const result: unknown = options.hasAux ? [value, aux] : value;
      return [result, Array.isArray(argnums) ? grads : grads[0]];
    } catch (error) {
      visitTensors(aux, (tensor) => tensor.dispose());
      dispose(made);
      throw error;
    } finally {
      plan.release();
    }
  };
}

/** As `valueAndGrad`, without the value: `grads`, or `[grads, aux]` with `hasAux`. Port of nnx.grad. */
export function grad<A extends unknown[], Aux, const N extends Argnums = 0>(
  f: (...args: A) => readonly [unknown, Aux],
  options: GradOptions<N, true> & { readonly hasAux: true },
): (...args: A) => [GradientsFor<A, N>, Aux];
export function grad<A extends unknown[], const N extends Argnums = 0>(
  f: (...args: A) => unknown,
  options?: GradOptions<N, false>,
): (...args: A) => GradientsFor<A, N>;
export function grad(f: (...args: unknown[]) => unknown, options: GradOptions = {}): (...args: unknown[]) => unknown {
  const both = valueAndGrad(f, options);
  return (...args) => {
    const [out, grads] = both(...args) as [unknown, unknown];
    const value = (options.hasAux ? (out as [unknown, unknown])[0] : out) as tf.Tensor;
    value.dispose();
    return options.hasAux ? [grads, (out as [unknown, unknown])[1]] : grads;
  };
}

function resolveArgnums(wanted: readonly (number | DiffState)[], count: number): { positions: number[]; filters: Map<number, Filter> } {
  const filters = new Map<number, Filter>();
  const positions = wanted.map((entry) => {
    const given = entry instanceof DiffState ? entry.argnum : entry;
    if (!Number.isInteger(given))
      throw new ValueError(`Graph nodes are not allowed as prefixes: argnums are positions or DiffStates, got ${typeNameOf(given)}.`);
    const position = given < 0 ? given + count : given;
    if (position < 0 || position >= count)
      throw new TypeError(
        `differentiating with respect to argnums=${given} requires at least ${given < 0 ? -given : given + 1} positional arguments ` +
          `to be passed by the caller, but got only ${count} positional arguments.`,
      );
    if (filters.has(position)) throw new ValueError(`argnum ${given} is repeated in argnums. Name each argument once.`);
    filters.set(position, entry instanceof DiffState ? entry.filter : Param);
    return position;
  });
  return { positions, filters };
}

function checkPair(out: unknown): readonly [unknown, unknown] {
  if (Array.isArray(out) && out.length === 2) return out as unknown as readonly [unknown, unknown];
  throw new TypeError(`With hasAux the function must return [value, aux], got ${typeNameOf(out)}.`);
}

function checkScalar(value: unknown): tf.Tensor {
  if (typeof value === 'number') return tf.scalar(value);
  if (!(value instanceof tf.Tensor)) {
    const what = Array.isArray(value) ? `an array of ${value.length} (return one tensor, or set hasAux)` : typeNameOf(value);
    throw new TypeError(`Gradient only defined for scalar-output functions. Output was ${what}.`);
  }
  if (value.shape.length > 0)
    throw new TypeError(
      `Gradient only defined for scalar-output functions. Output had shape: (${value.shape.join(', ')}${value.shape.length === 1 ? ',' : ''}). ` +
        'Reduce it, for example by its mean.',
    );
  if (value.dtype !== 'float32') throw new TypeError(`grad requires real-valued outputs (a float dtype), but got ${value.dtype}.`);
  return value;
}

function tellAboutPerturbations(plan: GradPlan, { onCallGradients, onDiagnostic = report }: GradOptions): void {
  if (onCallGradients) for (const { path, variable } of plan.watched) onCallGradients(path, plan.perCall(variable));
  for (const { path, variable } of plan.unreached) {
    if (!(variable instanceof Perturbation)) continue;
    const name = String(path.at(-1) ?? '');
    const place = path.slice(0, -1);
    onDiagnostic({
      code: 'perturbation-unused',
      path: place,
      name,
      message: `Nothing that perturb('${name}') of ${placeText(place)} returned reaches the result: its gradient is zero. Use what perturb returns.`,
    });
  }
}
