/** @file A loss that grows. */
import { defineDiagnosis, notChecked } from '../define.ts';
import { median } from '../shared/updates.ts';
import { short } from '../shared/words.ts';

/** Fewer losses are no course. */
const LEAST = 10;
/** The last ones against the first. */
const TIMES = 2;
/** And against how much they change from step to step. */
const NOISE = 3;

export const lossDivergingDiagnosis = defineDiagnosis({
  code: 'loss/diverging',
  doc: 'The loss ends at twice of where it began or more, beyond what it changes from one step to the next, or is not finite any more.',
  what: 'steps',
  look({ course, places, document }) {
    if (!course) return notChecked('Nothing was trained.');
    const { divergedAt } = course;
    const finite = course.losses.filter(([, loss]) => Number.isFinite(loss));
    const losses = finite.map(([, loss]) => loss);
    const place = { path: [], node: places.outputs[0] ?? null };
    const { learningRate } = document.run.optimizer.args;
    const fix = `Lower the learning rate${typeof learningRate === 'number' ? ` of ${short(learningRate)}` : ''}, clip the gradients by their norm, or look at the first value that is not finite.`;
    if (divergedAt !== null)
      return {
        checked: course.losses.length,
        found: [
          {
            ...place,
            severity: 'error',
            message: `The loss is not finite at step ${divergedAt}, where training stopped; ${losses.length > 0 ? `it was ${short(losses[0]!)} at first, and ${short(losses.at(-1)!)} at last` : 'it never was'}.`,
            evidence: { step: divergedAt, first: losses[0] ?? null, last: losses.at(-1) ?? null },
            fix,
          },
        ],
      };
    if (losses.length < LEAST) return notChecked(`Fewer than ${LEAST} steps are no course.`, losses.length);
    const tail = Math.max(3, Math.floor(losses.length / 10));
    const [first, last] = [median(losses.slice(0, 3)), median(losses.slice(-tail))];
    const noise = median(losses.slice(1).map((loss, i) => Math.abs(loss - losses[i]!)));
    const early = median(losses.slice(1, Math.ceil(losses.length / 4)).map((loss, i) => Math.abs(loss - losses[i]!)));
    const grown = last - first;
    if (!(grown > (TIMES - 1) * Math.abs(first) && grown > NOISE * Math.min(noise, early))) return { found: [], checked: losses.length };
    return {
      checked: losses.length,
      found: [
        {
          ...place,
          severity: 'error',
          message: `The loss grows: it was ${short(first)} at first, and is ${short(last)} after ${losses.length} steps.`,
          evidence: { first, last, best: losses.reduce((a, b) => Math.min(a, b)), noise, times: TIMES },
          fix,
        },
      ],
    };
  },
});
