/** @file Steps that throw the weights about. */
import { findLoss } from '../../registry.gen.ts';
import { defineDiagnosis, notChecked } from '../define.ts';
import { kernels, median, ratioOf } from '../shared/updates.ts';
import { short } from '../shared/words.ts';

/** "This ratio should be somewhere around 1e-3" (CS231n, Neural Networks 3): a hundred times that, when training has long begun. */
const LARGE = 0.1;
/** A step as large as the weights themselves leaves nothing of them. */
const WHOLE = 1;
/** Adam's first steps are as large as they can be. */
const SETTLED = 10;

export const updateTooLargeDiagnosis = defineDiagnosis({
  code: 'update/too-large',
  doc: 'A step changes a weight matrix by a tenth of its norm or more, long after the first ones, or by as much as there is: usual is about a thousandth (CS231n). Of a loss without labels, which may have no end below, only the latter counts.',
  what: 'parameters',
  look({ course, places, document }) {
    if (!course) return notChecked('Nothing was trained.');
    const matrices = kernels(course);
    const steps = course.losses.length;
    const judged = [...matrices].map(([name, updates]) => {
      const late = steps >= SETTLED ? updates.slice(Math.floor(updates.length / 2)) : updates;
      return { name, path: updates[0]!.path, ratio: median(late.map(ratioOf)) };
    });
    // A loss without labels may have no end below: gradients, and steps with them, then grow with the weights, and nothing is thrown about.
    const isBounded = findLoss(document.run.loss.type)?.labels !== 'none';
    const limit = steps >= SETTLED && isBounded ? LARGE : WHOLE;
    const large = judged.filter(({ ratio }) => ratio >= limit || ratio === Infinity).toSorted((a, b) => b.ratio - a.ratio);
    const [worst] = large;
    if (!worst) return { found: [], checked: judged.length };
    const call = places.callOf(worst.path);
    return {
      checked: judged.length,
      found: [
        {
          severity: worst.ratio >= WHOLE ? 'error' : 'warning',
          path: call?.instance ?? worst.path.slice(0, -1),
          node: call?.node ?? null,
          message: `A step changes ${worst.name} by ${short(worst.ratio)} of its norm, where about 0.001 is usual${large.length > 1 ? `; so do ${large.length - 1} others by ${short(limit)} and more` : ''}: the weights are thrown about.`,
          evidence: {
            parameter: worst.name,
            ratio: worst.ratio,
            limit,
            usual: 0.001,
            parameters: large.map(({ name }) => name),
            ratios: large.map(({ ratio }) => ratio),
          },
          fix: lower(document.run.optimizer.args['learningRate']),
        },
      ],
    };
  },
});

function lower(learningRate: unknown): string {
  return typeof learningRate === 'number'
    ? `Lower the learning rate of ${short(learningRate)}, by a factor of 10 to begin with.`
    : 'Lower the learning rate, or clip the gradients.';
}
