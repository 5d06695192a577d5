/** @file Steps that move nothing. */
import { defineDiagnosis, notChecked } from '../define.ts';
import { kernels, ratioOf } from '../shared/updates.ts';
import { short } from '../shared/words.ts';

/** A hundredth of the 1e-3 that is usual (CS231n, Neural Networks 3), at every step that was looked at. */
const SMALL = 1e-5;

export const updateTooSmallDiagnosis = defineDiagnosis({
  code: 'update/too-small',
  doc: 'No step that was looked at changed any weight matrix by more than a hundred-thousandth of its norm: usual is about a thousandth (CS231n).',
  what: 'parameters',
  look({ course, places, document }) {
    if (!course) return notChecked('Nothing was trained.');
    const matrices = kernels(course);
    const judged = [...matrices].map(([name, updates]) => ({ name, path: updates[0]!.path, most: Math.max(...updates.map(ratioOf)) }));
    const largest = judged.toSorted((a, b) => b.most - a.most)[0];
    if (!largest || !(largest.most < SMALL)) return { found: [], checked: judged.length };
    const call = places.callOf(largest.path);
    const { learningRate } = document.run.optimizer.args;
    const rate = typeof learningRate === 'number' ? ` of ${short(learningRate)}` : '';
    return {
      checked: judged.length,
      found: [
        {
          severity: 'warning',
          path: call?.instance ?? largest.path.slice(0, -1),
          node: call?.node ?? null,
          message: `Steps hardly move the weights: the most that any changed is ${short(largest.most)} of the norm of ${largest.name}, where about 0.001 is usual.`,
          evidence: { parameter: largest.name, ratio: largest.most, limit: SMALL, usual: 0.001 },
          fix: `Raise the learning rate${rate}, by a factor of ${short(Math.min(1000, 0.001 / Math.max(largest.most, 1e-6)))} to begin with.`,
        },
      ],
    };
  },
});
