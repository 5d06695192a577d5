/** @file The options object of a layer's constructor: typed by its table of parameters, checked against it. */
import type { Rngs } from '../../nnx/rngs.ts';
import type { Initializer } from '../../random/initializers.ts';
import { validateArgs } from '../../spec/args.ts';
import type { OptionsOf, ParamSpec, ParamSpecs, ParamValue, ValueOf } from '../../spec/params.ts';
import { RejectionError, type Rejection } from '../../spec/reject.ts';
import type { tf } from '../../tensor/tf.ts';

export type Activation = (x: tf.Tensor) => tf.Tensor;

/** Beside the names that a document can hold, code may pass functions. */
type FunctionFor<S extends ParamSpec> = S['kind'] extends 'initializer' ? Initializer : S['kind'] extends 'activation' ? Activation : never;

/** What the constructor takes for these parameters; `rngs` comes on top for layers that draw. */
export type LayerOptions<P extends ParamSpecs> = {
  readonly [N in keyof OptionsOf<P>]: OptionsOf<P>[N] | (N extends keyof P ? FunctionFor<P[N]> : never);
};

/** The options with defaults filled in. */
export type LayerArgs<P extends ParamSpecs> = { readonly [N in keyof P]: ValueOf<P[N]> | FunctionFor<P[N]> };

export interface WithRngs {
  /** Draws from the stream `params`, or from `default` where there is none. */
  readonly rngs: Rngs;
}

/**
 * Checks the options of a constructor and fills in defaults. Options named in `others` are the layer's own business.
 * @throws RejectionError for a missing, unknown or wrong option.
 */
export function readOptions<P extends ParamSpecs>(
  type: string,
  params: P,
  options: object,
  others: readonly string[] = ['rngs'],
): LayerArgs<P> {
  const given: Record<string, ParamValue> = {};
  const functions: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options) as [string, ParamValue][]) {
    if (others.includes(name)) continue;
    if (typeof value === 'function' && takesFunction(params[name])) functions[name] = value;
    else given[name] = value;
  }
  const { args, problems } = validateArgs(params, given);
  const problem = problems.find(({ code, param }) => code !== 'param/missing' || !Object.hasOwn(functions, param!));
  if (problem) throw new RejectionError(problem, type);
  return { ...args, ...functions } as LayerArgs<P>;
}

function takesFunction(spec: ParamSpec | undefined): boolean {
  return spec?.kind === 'initializer' || spec?.kind === 'activation';
}

/** Throws the rejection in the name of a layer type. */
export function rejectFor(type: string, rejection: Rejection): never {
  throw new RejectionError(rejection, type);
}

/** Arguments of a document, evaluated, as options of a constructor. */
export function withRngs<A extends object>(args: A, rngs: Rngs): A & WithRngs {
  return { ...args, rngs };
}
