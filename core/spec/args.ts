/** @file From what a document or a caller gives to complete arguments: defaults, inferred values, and what is wrong. */
import { checkValue } from './check-value.ts';
import { editDistance } from './edit-distance.ts';
import { checkInitializer } from './initializers.ts';
import type { Args, InitializerValue, ParamSpec, ParamSpecs, ParamValue } from './params.ts';
import { remove, setTo, type Mend } from './mend.ts';
import type { Rejection } from './reject.ts';
import type { TensorSpec } from './shape.ts';

export interface ValidatedArgs {
  /** Defaults and inferred values filled in; what is wrong or missing is left out. */
  readonly args: Args;
  readonly problems: readonly Rejection[];
}

/** The given values over the defaults; what has neither stays away. */
export function fillDefaults(params: ParamSpecs, given: Args): Args {
  const args: Record<string, ParamValue> = {};
  for (const [name, spec] of Object.entries(params)) {
    const value = given[name] === undefined ? (spec.default as ParamValue | undefined) : given[name];
    if (value !== undefined) args[name] = value;
  }
  return args;
}

/** What a new node, or a newly chosen optimiser, starts with where there is no default: it stands in the document from then on. */
export function startArgs(params: ParamSpecs): Args {
  const started = Object.entries(params).filter(([, spec]) => spec.default === undefined && spec.start !== undefined);
  return Object.fromEntries(started.map(([name, spec]) => [name, spec.start as ParamValue]));
}

/**
 * Checks every given value against its parameter and completes the rest: from the inputs where the parameter says how (`from`) and the
 * inputs are known, else by default. A parameter with neither is reported as missing; a name that is no parameter as unknown.
 */
export function validateArgs(params: ParamSpecs, given: Args, inputs?: Readonly<Record<string, TensorSpec>>): ValidatedArgs {
  const args: Record<string, ParamValue> = {};
  const problems: Rejection[] = [];
  const complete = fillDefaults(params, given);
  for (const [name, spec] of Object.entries(params)) {
    const value = given[name];
    if (value !== undefined) {
      const problem = checkArg(name, spec, value);
      if (problem) problems.push(problem);
      else args[name] = value;
      continue;
    }
    const inferred = (inputs && spec.from?.(inputs, complete)) ?? (spec.default as ParamValue | undefined);
    if (inferred !== undefined) args[name] = inferred;
    else problems.push(missing(name, spec));
  }
  for (const name of Object.keys(given))
    if (given[name] !== undefined && !Object.hasOwn(params, name)) problems.push(unknown(name, params, given));
  return { args, problems };
}

/** The problem with one value, or undefined where it fits; initializers are looked into. */
export function checkArg(name: string, spec: ParamSpec, value: ParamValue): Rejection | undefined {
  const problem = checkValue(name, spec, value);
  if (problem || spec.kind !== 'initializer' || value === null) return problem;
  return checkInitializer(name, value as InitializerValue);
}

function missing(name: string, spec: ParamSpec): Rejection {
  const isInferred = spec.from !== undefined;
  return {
    code: 'param/missing',
    param: name,
    expected: `a value for ${name}`,
    got: 'none',
    fix: isInferred ? `Set ${name}, or wire the inputs so that it is inferred.` : `Set ${name}.`,
    mends: spec.start === undefined ? [] : [setTo(name, spec.start as ParamValue)],
  };
}

function unknown(name: string, params: ParamSpecs, given: Args): Rejection {
  const names = Object.keys(params);
  const camel = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  const near = names.find((each) => each.toLowerCase() === camel.toLowerCase()) ?? names.find((each) => editDistance(each, name) <= 2);
  return {
    code: 'param/unknown',
    param: name,
    expected: names.length === 0 ? 'no parameters' : `parameters among ${names.join(', ')}`,
    got: name,
    fix: near === undefined ? `Remove ${name}.` : `Write ${near} instead of ${name}.`,
    mends: near === undefined || given[near] !== undefined ? [remove(name)] : [renamed(name, near, given), remove(name)],
  };
}

function renamed(name: string, near: string, given: Args): Mend {
  return { kind: 'set', label: `Write ${near} instead of ${name}`, args: { [name]: undefined, [near]: given[name] } };
}
