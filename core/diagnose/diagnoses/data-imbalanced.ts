/** @file Classes of which one has very many more rows than another. */
import { findLoss } from '../../registry.gen.ts';
import { defineDiagnosis, notChecked } from '../define.ts';
import { count, percent, short } from '../shared/words.ts';

/** "High imbalance" begins at nine to one: the convention of the KEEL repository of data sets. */
const RATIO = 9;
const LEAST_ROWS = 20;

export const dataImbalancedDiagnosis = defineDiagnosis({
  code: 'data/imbalanced',
  doc: 'The most frequent class has at least nine times the rows of the rarest (the boundary of high imbalance in the KEEL repository): accuracy then says little.',
  what: 'rows',
  look({ labels, document }) {
    if (findLoss(document.run.loss.type)?.labels !== 'classes') return notChecked('The loss is not one of classes.');
    if (!labels?.counts || labels.rows < LEAST_ROWS)
      return notChecked('There are no classes among the labels, or too few rows.', labels?.rows ?? 0);
    const sorted = [...labels.counts].toSorted((a, b) => b[1] - a[1]);
    const [[most = 0, many = 0] = [], [least = 0, few = 1] = []] = [sorted[0], sorted.at(-1)];
    const ratio = many / few;
    const rest = labels.rest > 0 ? { notChecked: labels.rest, why: 'Of a very long table the first rows are counted.' } : {};
    if (sorted.length < 2 || ratio < RATIO) return { found: [], checked: labels.rows, ...rest };
    return {
      checked: labels.rows,
      ...rest,
      found: [
        {
          severity: 'warning',
          path: [],
          message: `Class ${most} has ${short(ratio)} times the rows of class ${least}: ${count(many)} (${percent(many / labels.rows)}) against ${count(few)}. Whoever always answers ${most} is right in ${percent(many / labels.rows)}.`,
          evidence: { ratio, limit: RATIO, most, many, least, few, rows: labels.rows, share: many / labels.rows },
          fix: 'Add rows of the rare class, repeat them, or judge by more than accuracy.',
        },
      ],
    };
  },
});
