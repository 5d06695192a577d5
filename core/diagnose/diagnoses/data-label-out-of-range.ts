/** @file Labels for which the model has no score. */
import { findLoss } from '../../registry.gen.ts';
import { defineDiagnosis, notChecked } from '../define.ts';
import { lastLayer } from '../shared/last-layer.ts';
import { count } from '../shared/words.ts';

export const dataLabelOutOfRangeDiagnosis = defineDiagnosis({
  code: 'data/label-out-of-range',
  doc: 'A class among the labels that is below 0, or for which the first output has no score. JAX gives NaN for it, or the wrong row, without a word.',
  what: 'labels',
  async look({ source, document, places, check, labels: counted }) {
    if (!source?.labels) return notChecked('The data have no labels.');
    const descriptor = findLoss(document.run.loss.type);
    if (descriptor?.labels !== 'classes') return notChecked('The loss is not one of classes.');
    const root = places.instance([]);
    const output = places.outputs[0];
    const spec = root && output !== undefined ? check.inputShapeOf(root.class.id, output, 'in', []) : undefined;
    const classes = spec?.shape.at(-1);
    const { min, max, areIntegers } = source.labels;
    const rows = source.trainRows + source.testRows;
    if (!areIntegers || typeof classes !== 'number') return notChecked('The number of scores or the labels are not known.', rows);
    if (min >= 0 && max < classes) return { found: [], checked: rows };
    const wrong = [...(counted?.counts ?? [])].filter(([label]) => label < 0 || label >= classes);
    const many = wrong.reduce((sum, [, number]) => sum + number, 0);
    const layer = lastLayer(places);
    const needed = max + 1;
    return {
      checked: rows,
      found: [
        {
          severity: 'error',
          path: [],
          node: layer?.node ?? output ?? null,
          message: `Labels run from ${min} to ${max}, but ${layer ? places.title(layer) : 'the first output'} gives ${count(classes, 'score')}: classes 0 to ${classes - 1}.${many > 0 ? ` ${count(many, 'row')} have a label without a score.` : ''}`,
          evidence: { min, max, classes, rows: many, output: output ?? null },
          fix: min < 0 ? 'Number the classes from 0.' : `Set outFeatures of the last layer to ${needed}, or number the classes from 0.`,
          mends:
            layer?.type === 'Linear' && min >= 0
              ? [{ kind: 'arguments', label: `Set outFeatures to ${needed}`, args: { outFeatures: needed } }]
              : [],
        },
      ],
    };
  },
});
