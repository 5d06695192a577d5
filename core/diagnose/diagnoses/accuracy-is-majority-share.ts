/** @file A trained model that gives one answer to everything. */
import { tf } from '../../tensor/tf.ts';
import { defineDiagnosis, notChecked } from '../define.ts';
import { outputWire } from '../shared/output-wire.ts';
import { lastLayer } from '../shared/last-layer.ts';
import { majorityOf } from '../shared/label-counts.ts';
import { percent } from '../shared/words.ts';

/** Fewer rows may well be all of one class. */
const LEAST_ROWS = 8;

export const accuracyIsMajorityShareDiagnosis = defineDiagnosis({
  code: 'accuracy/is-majority-share',
  doc: 'A trained model answers every row with the class that most rows have: its accuracy is the share of that class, and nothing has been learned.',
  what: 'rows',
  async look({ pass, course, labels, places }) {
    if (!pass || pass.isFresh) return notChecked('Nothing has been trained.');
    const majority = labels && majorityOf(labels);
    const wire = outputWire(pass, places);
    if (pass.accuracy === null || !majority || !wire?.tensor || wire.value.shape.length !== 2)
      return notChecked('The loss is not one of classes.');
    const rows = wire.value.shape[0] ?? 0;
    if (rows < LEAST_ROWS || labels.counts!.size < 2) return notChecked('There are too few rows in the batch, or only one class.', rows);
    const { tensor } = wire;
    const chosen = tf.tidy(() => tf.argMax(tensor, 1));
    const answers = new Set(await chosen.data());
    chosen.dispose();
    const [answer] = answers;
    if (answers.size > 1 || answer !== majority.label) return { found: [], checked: rows };
    const accuracy = course?.testAccuracy ?? pass.accuracy;
    return {
      checked: rows,
      found: [
        {
          severity: 'warning',
          path: [],
          node: lastLayer(places)?.node ?? places.outputs[0] ?? null,
          message: `The trained model answers every one of ${rows} rows with class ${answer}, which ${percent(majority.share)} of all rows have: its accuracy of ${percent(accuracy)} is that share, and nothing else has been learned.`,
          evidence: { answer, share: majority.share, accuracy, rows },
          fix: 'Train longer or with another learning rate, balance the classes, and look at the gradients of the first layers.',
        },
      ],
    };
  },
});
