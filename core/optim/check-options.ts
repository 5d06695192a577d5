/** @file What a rule is given, held against its table of parameters: a misspelt option would else be a default without a word. */
import { validateArgs } from '../spec/args.ts';
import type { Args, ParamSpecs } from '../spec/params.ts';
import { RejectionError } from '../spec/reject.ts';

/**
 * The options, if each is a parameter of the rule and of its type. Functions (schedules, masks) and what is named in `others` pass; so do
 * numbers outside the range that the form offers, such as a negative learning rate to climb.
 * @throws TypeError for anything but one object. @throws RejectionError for a missing, unknown or wrong option.
 */
export function checkOptions<T extends object>(rule: string, params: ParamSpecs, options: T, others: readonly string[] = []): T {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${rule} takes its options as one object, such as { learningRate: 0.001 }, got ${String(options)}.`);
  const isFunction = (name: string) => typeof options[name as keyof T] === 'function' && Object.hasOwn(params, name);
  const given = Object.entries(options).filter(([name]) => !isFunction(name) && !others.includes(name));
  const { problems } = validateArgs(params, Object.fromEntries(given) as Args);
  const problem = problems.find(({ code, param }) => code !== 'param/range' && !isFunction(param!));
  if (problem) throw new RejectionError(problem, rule);
  return options;
}
