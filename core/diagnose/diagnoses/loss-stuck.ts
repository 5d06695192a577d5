/** @file A loss that does not fall. */
import { defineDiagnosis, notChecked } from '../define.ts';
import type { Seen } from '../seen.ts';
import { entropyOf } from '../shared/label-counts.ts';
import { short } from '../shared/words.ts';

const LEAST = 20;
/** Of the loss, in the second half of the training. */
const MOVES = 0.01;
/** As good as guessing, but for rounding and chance. */
const GUESSING = 0.97;
/** Without labels: of the loss, over the whole training. */
const CONSTANT = 1e-6;

export const lossStuckDiagnosis = defineDiagnosis({
  code: 'loss/stuck',
  doc: 'After 20 steps or more the loss moves in the second half of the training by less than a hundredth or than batches differ by chance, and is no better than that of whoever answers with the shares of the classes or the mean of the targets. Of a loss without labels: it does not move at all.',
  what: 'steps',
  look(seen) {
    const { course, places, document } = seen;
    if (!course) return notChecked('Nothing was trained.');
    if (course.updates.length === 0) return notChecked('There is nothing to train.');
    const losses = course.losses.map(([, loss]) => loss);
    if (course.divergedAt !== null) return notChecked('The loss is not finite.', losses.length);
    if (losses.length < LEAST) return notChecked(`Fewer than ${LEAST} steps are no course.`, losses.length);
    const quarter = Math.floor(losses.length / 4);
    const [before, last] = [meanOf(losses.slice(-2 * quarter, -quarter)), meanOf(losses.slice(-quarter))];
    // Two means of batches differ by chance.
    const chance = 2 * spreadOf(losses.slice(-quarter)) * Math.sqrt(2 / quarter);
    const guess = guessOf(seen);
    const span = losses.reduce((a, b) => Math.max(a, b)) - losses.reduce((a, b) => Math.min(a, b));
    const isStuck =
      guess === null
        ? span <= CONSTANT * Math.abs(losses[0]!)
        : last >= GUESSING * guess && Math.abs(before - last) < Math.max(MOVES * Math.abs(last), chance);
    if (!isStuck) return { found: [], checked: losses.length };
    return {
      checked: losses.length,
      found: [
        {
          severity: 'warning',
          path: [],
          node: places.outputs[0] ?? null,
          message: `The loss is stuck at ${short(last)} after ${losses.length} steps (${short(losses[0]!)} at first)${guess === null ? ': it does not move at all' : `: whoever knows nothing but ${document.run.loss.type === 'crossEntropy' ? 'the shares of the classes' : 'the mean of the targets'} has ${short(guess)}`}.`,
          evidence: { first: losses[0]!, before, last, guess, steps: losses.length },
          fix: 'Look at the gradients of the first layers and at the size of the steps; then at the data.',
        },
      ],
    };
  },
});

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function spreadOf(numbers: readonly number[]): number {
  const mean = meanOf(numbers);
  return Math.sqrt(meanOf(numbers.map((each) => (each - mean) ** 2)));
}

/** The loss of whoever knows nothing but the labels; null where there is no telling. */
function guessOf({ document, labels }: Seen): number | null {
  if (!labels) return null;
  if (document.run.loss.type === 'crossEntropy') return entropyOf(labels);
  return document.run.loss.type === 'meanSquaredError' ? labels.variance : null;
}
