/**
 * @file From the settings of a document to a rule and to source code. The arguments are those of the optimiser's form, with two additions:
 * `learningRate` may be a schedule, `{ name: 'cosineDecaySchedule', initValue: 0.1, decaySteps: 100 }`, and `clipByGlobalNorm` may be a number.
 */
import { validateArgs } from '../spec/args.ts';
import type { EmitContext } from '../spec/emit.ts';
import { type Args, type ArgsOf, p, type ParamSpecs, type ParamValue } from '../spec/params.ts';
import { reject } from '../spec/reject.ts';
import { chain } from './chain.ts';
import { clipByGlobalNorm, clipByGlobalNormTransformation } from './clip-by-global-norm.ts';
import type { GradientTransformation, OptimizerDescriptor, ScheduleDescriptor } from './define.ts';
import { optimizers, schedules } from './list.ts';

export interface RuleSettings {
  /** A type of `optimizers`. */
  readonly type: string;
  readonly args: Args;
}

/** What the form of every optimiser has besides the optimiser's own parameters. */
export const sharedParams = {
  clipByGlobalNorm: p.float.nullable({
    min: 0,
    step: 0.1,
    doc: 'The largest norm that all gradients may have together; none leaves them.',
  }),
};

export interface RuleParts {
  readonly optimizer: OptimizerDescriptor;
  /** The optimiser's own arguments; the learning rate is among them unless it is a schedule. */
  readonly args: Args;
  readonly schedule: { readonly descriptor: ScheduleDescriptor; readonly args: Args } | null;
  readonly maxNorm: number | null;
}

/**
 * The rule that the settings describe.
 * @throws RejectionError with the parameter that is wrong and how to mend it.
 */
export function makeRule(settings: RuleSettings): GradientTransformation {
  const { optimizer, args, schedule, maxNorm } = takeApart(settings);
  const given = schedule ? { ...args, learningRate: schedule.descriptor.make(schedule.args as ArgsOf<ParamSpecs>) } : args;
  const rule = optimizer.make(given as Parameters<OptimizerDescriptor['make']>[0]);
  return maxNorm === null ? rule : chain(clipByGlobalNorm(maxNorm), rule);
}

/** The learning rate of each step, counted from 0. @throws RejectionError as `makeRule` does. */
export function learningRateOf(settings: RuleSettings): (step: number) => number {
  const { args, schedule } = takeApart(settings);
  if (schedule) return schedule.descriptor.make(schedule.args as ArgsOf<ParamSpecs>);
  return () => Number(args['learningRate']);
}

/** The same as an expression over optax. `contextOf` makes what an emitter needs from parameters and arguments. */
export function emitRule(settings: RuleSettings, contextOf: (params: ParamSpecs, args: Args) => EmitContext): string {
  const { optimizer, args, schedule, maxNorm } = takeApart(settings);
  const context = contextOf(optimizer.params, args);
  const learningRate = schedule
    ? schedule.descriptor.emit.flax(contextOf(schedule.descriptor.params, schedule.args))
    : context.source('learningRate');
  const rule = optimizer.emit.flax(context, learningRate);
  if (maxNorm === null) return rule;
  const clip = clipByGlobalNormTransformation;
  return `optax.chain(${clip.emit.flax(contextOf(clip.params, { maxNorm }))}, ${rule})`;
}

/** @throws RejectionError with the parameter that is wrong. */
export function takeApart({ type, args }: RuleSettings): RuleParts {
  const optimizer = find(optimizers, type, 'optimizer');
  const { learningRate, clipByGlobalNorm: clip = null, ...own } = args;
  const { maxNorm } = check({ maxNorm: sharedParams.clipByGlobalNorm }, { maxNorm: clip });
  const shared = { optimizer, maxNorm: maxNorm as number | null };
  if (!isSchedule(learningRate)) {
    const all = learningRate === undefined ? own : { ...own, learningRate };
    return { ...shared, args: check(optimizer.params, all), schedule: null };
  }
  const { name, ...scheduleArgs } = learningRate;
  const descriptor = find(schedules, name, 'learningRate');
  const { learningRate: _, ...params } = optimizer.params;
  return { ...shared, args: check(params, own), schedule: { descriptor, args: check(descriptor.params, scheduleArgs) } };
}

function isSchedule(value: ParamValue | undefined): value is { readonly [key: string]: ParamValue } & { readonly name: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

function find<T>(list: Readonly<Record<string, T>>, type: string, param: string): T {
  if (Object.hasOwn(list, type)) return list[type]!;
  const known = Object.keys(list).join(', ');
  return reject({ code: 'param/choice', param, expected: `one of ${known}`, got: type, fix: 'Choose one of these.' });
}

function check(params: ParamSpecs, given: Args): Args {
  const { args, problems } = validateArgs(params, given);
  return problems[0] ? reject(problems[0]) : args;
}
