/** @file Learning rates that are made for another number of steps. */
import { validateArgs } from '../../spec/args.ts';
import type { JsonValue } from '../../document/schema.ts';
import type { Args, ArgsOf, ParamSpecs } from '../../spec/params.ts';
import { schedules } from '../../optim/list.ts';
import { defineDiagnosis, notChecked, type Look } from '../define.ts';
import type { Mend } from '../report.ts';
import { percent, short } from '../shared/words.ts';

/** Below this share of its peak a learning rate moves nothing to speak of. */
const NOTHING = 0.01;
/** Of the steps or of the way down. */
const HALF = 0.5;
/** These have an end that they go to; an exponential decay has none. */
const WITH_END = new Set(['linearSchedule', 'polynomialSchedule', 'cosineDecaySchedule', 'warmupCosineDecaySchedule']);
const LENGTHS = ['decaySteps', 'transitionSteps', 'warmupSteps', 'transitionBegin'];

export const scheduleDoesNotFitDiagnosis = defineDiagnosis({
  code: 'schedule/does-not-fit',
  doc: 'A schedule of the learning rate that is made for another number of steps than the run has: it is next to nothing for half of the training or more, never comes to its peak, or goes less than half of its way.',
  what: 'schedules',
  look({ document }): Look {
    const { optimizer, steps } = document.run;
    const { learningRate } = optimizer.args;
    if (typeof learningRate !== 'object' || learningRate === null || Array.isArray(learningRate))
      return notChecked('The learning rate is constant.');
    const { name, ...given } = learningRate as Readonly<Record<string, JsonValue>>;
    const descriptor = typeof name === 'string' && Object.hasOwn(schedules, name) ? schedules[name] : undefined;
    if (!descriptor) return notChecked('The schedule is not known.', 1);
    const { args, problems } = validateArgs(descriptor.params, given as Args);
    if (problems.length > 0) return notChecked('The arguments of the schedule are not right.', 1);
    const rate = descriptor.make(args as ArgsOf<ParamSpecs>);
    const span = LENGTHS.reduce((sum, key) => sum + (typeof args[key] === 'number' ? args[key] : 0), 0);
    const horizon = Math.max(10 * steps, span + 1);
    const rates = Array.from({ length: steps }, (_, step) => rate(step));
    const most = 2000;
    const later = Array.from({ length: most }, (_, i) => rate(Math.round((i * horizon) / (most - 1))));
    const peak = later.reduce((a, b) => Math.max(a, b), Math.max(0, ...rates));
    const reached = rates.reduce((a, b) => Math.max(a, b), 0);
    const end = rate(horizon);
    const idle = rates.length - 1 - rates.findLastIndex((each) => each > NOTHING * peak);
    const evidence = { schedule: name as string, steps, peak, reached, end, idle, last: rates.at(-1) ?? null };
    const mends = fitting(learningRate as Readonly<Record<string, JsonValue>>, args, steps);
    const found = (message: string): Look => ({
      checked: 1,
      found: [
        {
          severity: 'warning',
          path: [],
          message,
          evidence,
          fix: `Make the schedule for ${steps} steps, or train as long as it lasts.`,
          mends,
        },
      ],
    });
    if (peak > 0 && reached < HALF * peak)
      return found(
        `The learning rate never comes to its peak: ${name} reaches ${short(reached)} in the ${steps} steps of a training, and ${short(peak)} only later.`,
      );
    if (idle >= HALF * steps)
      return found(
        `The learning rate is next to nothing for the last ${idle} of ${steps} steps (${percent(idle / steps)}): ${name} is over by then.`,
      );
    const isDecay = WITH_END.has(name as string) && end < peak;
    const gone = (peak - (rates.at(-1) ?? peak)) / (peak - end);
    if (isDecay && gone < HALF)
      return found(
        `The training of ${steps} steps ends when ${name} has gone ${percent(gone)} of its way from ${short(peak)} to ${short(end)}.`,
      );
    return { found: [], checked: 1 };
  },
});

/** The same shape over the steps of the run. */
function fitting(
  learningRate: Readonly<Record<string, JsonValue>>,
  args: Readonly<Record<string, unknown>>,
  steps: number,
): readonly Mend[] {
  const length =
    typeof args['decaySteps'] === 'number' ? 'decaySteps' : typeof args['transitionSteps'] === 'number' ? 'transitionSteps' : null;
  if (length === null || args[length] === steps) return [];
  const warmup = typeof args['warmupSteps'] === 'number' && args['warmupSteps'] >= steps ? { warmupSteps: Math.floor(steps / 10) } : {};
  return [
    {
      kind: 'typed',
      of: 'optimizer',
      label: `Set ${length} to ${steps}`,
      args: { learningRate: { ...learningRate, ...warmup, [length]: steps } },
    },
  ];
}
