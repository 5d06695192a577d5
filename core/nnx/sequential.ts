/** @file A chain of Modules and functions. Port of nnx.Sequential. */
import { List } from './list.ts';
import { Module } from './module.ts';
import { isPlainContainer } from './ownership.ts';
import type { Rngs, RngStream } from './rngs.ts';
import { typeNameOf } from './type-name.ts';

/** A step of a chain: a Module with `call`, or a function. */
export type Step = ((...args: never[]) => unknown) | { call(...args: never[]): unknown };

const tuples = new WeakSet<object>();

/** A result of several values: the next step of a Sequential receives them as separate arguments. A plain array is one argument. */
export function tuple<T extends readonly unknown[]>(...values: T): Readonly<T> {
  const made = Object.freeze(values);
  tuples.add(made);
  return made;
}

/**
 * Runs steps one after the other. The first receives all arguments; a `tuple` result is spread into arguments.
 * With no steps it returns its argument. Memory: what the steps make is freed by the surrounding tidy. Port of nnx.Sequential.
 */
export class Sequential extends Module {
  static override readonly typeName: string = 'Sequential';
  layers: List<Step>;

  constructor(...steps: Step[]) {
    super();
    this.layers = new List(steps);
  }

  /** @throws TypeError if a step is neither a function nor a Module with `call`. */
  call<R = unknown>(...args: unknown[]): R {
    return runSteps(this.layers, args, null) as R;
  }

  /**
   * As `call`, and gives `{ rngs }` as last argument, or into the options that are last, to the steps whose class states
   * `static takesRngs = true`: Dropout, MultiHeadAttention, RNN, Bidirectional, and your own. A Sequential inside hands it on.
   * JavaScript cannot ask a function for the names of its arguments, as Flax does.
   */
  callWithRngs<R = unknown>(rngs: Rngs | RngStream, ...args: unknown[]): R {
    return runSteps(this.layers, args, rngs) as R;
  }
}

function runSteps(steps: Iterable<Step>, args: readonly unknown[], rngs: Rngs | RngStream | null): unknown {
  let current = args;
  let result: unknown = args.length === 0 ? null : args.length === 1 ? args[0] : tuple(...args);
  let position = 0;
  for (const step of steps) {
    if (rngs !== null && step instanceof Sequential) result = step.callWithRngs(rngs, ...current);
    else result = callStep(step, position, rngs !== null && takesRngs(step) ? withOption(current, { rngs }) : current);
    position++;
    current = typeof result === 'object' && result !== null && tuples.has(result) ? (result as readonly unknown[]) : [result];
  }
  return result;
}

function callStep(step: Step, position: number, args: readonly unknown[]): unknown {
  if (typeof step === 'function') return step(...(args as never[]));
  if (typeof step === 'object' && step !== null && typeof step.call === 'function') return step.call(...(args as never[]));
  throw new TypeError(
    `Sequence[${position}] is not callable: ${typeof step === 'object' ? typeNameOf(step) : String(step)}. Give a function or a Module with call.`,
  );
}

/** Adds to the options object that ends the arguments, if there is one: in Python both are keywords. */
function withOption(args: readonly unknown[], option: object): readonly unknown[] {
  const last = args.at(-1);
  return isPlainContainer(last) && !Array.isArray(last) ? [...args.slice(0, -1), { ...last, ...option }] : [...args, option];
}

function takesRngs(step: Step): boolean {
  return typeof step === 'object' && (step.constructor as { takesRngs?: boolean }).takesRngs === true;
}
