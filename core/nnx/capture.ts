/** @file Running a model while recording what it sows, perturbs and returns. Port of nnx.capture at 18f8f31. */
import { tf } from '../tensor/tf.ts';
import { CaptureContext, contextsOf, withContext } from './capture-context.ts';
import { type DiagnosticHandler } from './diagnostics.ts';
import { disposable, heldTensors } from './held-tensors.ts';
import { withRecordedMethods } from './method-outputs.ts';
import { type CallableModule, iterModules, Module } from './module.ts';
import { type Path, pathText } from './path.ts';
import { State, type StateLike } from './state.ts';
import { className, isClass, typeNameOf } from './type-name.ts';
import type { VariableType } from './variable-names.ts';
import { type Intermediate, type Perturbation, Variable } from './variable.ts';
import { duplicateError } from './walk.ts';

/** The State of one captured type. Sown values are arrays by default, perturbations single tensors. */
export type CapturedState<C> = C extends typeof Perturbation
  ? State<Perturbation>
  : C extends typeof Intermediate
    ? State<Intermediate>
    : C extends abstract new (...args: never[]) => infer V
      ? State<V>
      : never;

/** The States of the captured types, in their order. */
export type CapturedStates<T extends readonly VariableType[]> = { -readonly [I in keyof T]: CapturedState<T[I]> };

/** What a captured call returns: the bare result where no type is captured. */
export type Captured<R, T extends readonly VariableType[]> = T extends readonly [] ? R : [R, ...CapturedStates<T>];

/** Options of `capture`. */
export interface CaptureOptions {
  /** Perturbations (or sown values) to start from: a State or nested object of Variables. Never modified. */
  readonly init?: StateLike | null;
  /** Records the result of every public method of every Module's own class under this type; `call` under '__call__'. */
  readonly methodOutputs?: VariableType | null;
  /** Hears what this capture notices; otherwise all subscribers do. */
  readonly onDiagnostic?: DiagnosticHandler;
}

/** A method together with its Module, for `capture`: in JavaScript `model.run` alone forgets its model. */
export interface BoundMethod<Args extends unknown[], R> {
  readonly module: Module;
  readonly run: (...args: Args) => R;
}

/** The method `name` of a Module, to be captured: `capture(method(model, 'encode'), [Intermediate])(x)`. */
export function method<M extends Module, K extends keyof M & string>(
  module: M,
  name: K,
): M[K] extends (...args: infer A) => infer R ? BoundMethod<A, R> : never;
export function method(module: Module, name: string): BoundMethod<unknown[], unknown> {
  const found: unknown = (module as unknown as Record<string, unknown>)[name];
  if (typeof found !== 'function')
    throw new TypeError(`${typeNameOf(module)} has no method '${name}', it is ${typeNameOf(found)}. Name a method of the class.`);
  // The method as it is now: what a capture installs later does not record this outermost call, as in Flax (CAP-042).
  return { module, run: (...args) => (found as (...args: unknown[]) => unknown).apply(module, args) };
}

/**
 * Wraps a Module, a `method(model, 'name')` or a function whose first argument holds Modules, so that calling it returns
 * `[result, ...states]`: one State per type, sorted by path, with what the Modules sowed or perturbed under exactly that type.
 *
 * Memory: runs the target in a tidy. The tensors in the result are the caller's (of a Variable's tensor, a handle of its own);
 * the States own theirs, so dispose them.
 * After an exception nothing is left behind. Captures may be nested: all of them record. Port of nnx.capture.
 * @throws TypeError if there is nothing to call, a type is no class of Variables, or the call gives a Promise; in tree mode
 *   ValueError for shared Modules. What the target throws comes through.
 */
export function capture<A extends unknown[], R, const T extends readonly VariableType[]>(
  target: CallableModule<A, R> | BoundMethod<A, R>,
  types: T,
  options?: CaptureOptions,
): (...args: A) => Captured<R, T>;
export function capture<A extends [unknown, ...unknown[]], R, const T extends readonly VariableType[]>(
  target: (...args: A) => R,
  types: T,
  options?: CaptureOptions,
): (...args: A) => Captured<R, T>;
export function capture<const T extends readonly VariableType[]>(types: T, options?: CaptureOptions): AwaitsTarget<T>;
export function capture(first: unknown, second?: unknown, third?: CaptureOptions): unknown {
  if (Array.isArray(first)) {
    const types = checkedTypes(first);
    return (target: unknown) => wrap(target, types, (second ?? {}) as CaptureOptions);
  }
  return wrap(first, checkedTypes(second), third ?? {});
}

/** Whether a running capture covers a Module: outside of all, Flax's sow and perturb would leave their values on it. Ours alone. */
export function isCaptured(module: Module): boolean {
  return contextsOf(module).length > 0;
}

/** `capture` with types and options, waiting for what to run. */
export interface AwaitsTarget<T extends readonly VariableType[]> {
  <A extends unknown[], R>(target: CallableModule<A, R> | BoundMethod<A, R>): (...args: A) => Captured<R, T>;
  <A extends [unknown, ...unknown[]], R>(target: (...args: A) => R): (...args: A) => Captured<R, T>;
}

type AnyCall = (...args: unknown[]) => unknown;

function wrap(target: unknown, types: readonly VariableType[], options: CaptureOptions): AnyCall {
  if (target instanceof Module) {
    if (typeof (target as Partial<CallableModule>).call !== 'function')
      throw new TypeError(`${typeNameOf(target)} is not callable: it has no method 'call'. Write one, or capture a function or method().`);
    // Looked up at each call, so that the recorded outputs include the model's own.
    return (...args) => run(target, () => (target as unknown as CallableModule<unknown[]>).call(...args), types, options);
  }
  if (typeof target === 'function')
    return (...args) => {
      if (args.length === 0)
        throw new TypeError('A captured function needs its Module as first argument; it was called without arguments.');
      return run(args[0], () => (target as AnyCall)(...args), types, options);
    };
  const bound = target as Partial<BoundMethod<unknown[], unknown>> | null | undefined;
  if (bound?.module instanceof Module && typeof bound.run === 'function') {
    const { module, run: call } = bound as BoundMethod<unknown[], unknown>;
    return (...args) => run(module, () => call(...args), types, options);
  }
  throw new TypeError(`capture takes a Module, method(model, 'name') or a function, got ${typeNameOf(target)}.`);
}

function checkedTypes(types: unknown): readonly VariableType[] {
  if (!Array.isArray(types))
    throw new TypeError(`capture takes its Variable types as an array, got ${typeNameOf(types)}: capture(model, [Intermediate]).`);
  for (const type of types as readonly unknown[])
    if (!isClass(type) || !(type === Variable || type.prototype instanceof Variable))
      throw new TypeError(
        `capture takes classes of Variables, got ${typeof type === 'string' ? `'${type}'` : typeNameOf(type)}. Give the class.`,
      );
  return types as readonly VariableType[];
}

function run(root: unknown, call: () => unknown, types: readonly VariableType[], options: CaptureOptions): unknown {
  const context = new CaptureContext(types, options.onDiagnostic);
  const init = initialLeaves(options.init, context);
  for (const [path, module] of iterModules(root)) {
    // Only tree mode meets a Module twice; one buffer cannot stand at two places of a tree.
    const before = context.pathOf(module);
    if (before) throw duplicateError(typeNameOf(module), pathText(before), pathText(path), 'capture');
    context.cover(module, path, init.length > 0);
  }
  context.install(init);
  const outputType = options.methodOutputs ?? null;
  if (outputType && !types.includes(outputType))
    context.notice(
      'method-outputs-dropped',
      null,
      null,
      `methodOutputs is ${className(outputType)}, which is not captured: add it to the types.`,
    );
  let result: unknown;
  try {
    const forward = (): void => void tf.tidy(() => heldTensors((result = disposable(call()))));
    withContext(context, () => (outputType ? withRecordedMethods(root, outputType, context, forward) : forward()));
    if (result instanceof Promise) throw new TypeError('A captured function must not be asynchronous: it returned a Promise.');
  } catch (error) {
    context.dispose();
    throw error;
  }
  const found = context.collect();
  if (types.length === 0) return result;
  return [result, ...types.map((type, i) => State.fromFlat(types.indexOf(type) === i ? found.get(type)! : []))];
}

function initialLeaves(init: StateLike | null | undefined, context: CaptureContext): [Path, Variable<unknown>][] {
  if (!init) return [];
  const state = new State<unknown>(init);
  return state.flat().filter((pair): pair is [Path, Variable<unknown>] => {
    const [path, leaf] = pair;
    if (leaf instanceof Variable) return true;
    context.notice(
      'init-ignored',
      path.slice(0, -1),
      String(path.at(-1)),
      `init holds ${typeNameOf(leaf)} at '${path.join('/')}', which is no Variable and is ignored. Wrap it: new Perturbation(tensor).`,
    );
    return false;
  });
}
