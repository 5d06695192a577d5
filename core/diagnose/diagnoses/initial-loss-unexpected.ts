/** @file A first loss that is not that of a model which knows nothing yet. */
import { defineDiagnosis, notChecked } from '../define.ts';
import type { Seen } from '../seen.ts';
import { lastLayer } from '../shared/last-layer.ts';
import { short } from '../shared/words.ts';

/** Scores of variance s² cost s²/2 above ln(classes); initialisers give s about 1. Four times that spread is 8, and no longer chance. */
const EXCESS = 2;
/** A model that knows nothing cannot be right: so much below ln(classes) it has seen the labels. */
const TOO_GOOD = 0.5;
/** Of a squared error, against that of whoever always answers the mean. */
const TIMES = 10;

export const initialLossUnexpectedDiagnosis = defineDiagnosis({
  code: 'initial-loss/unexpected',
  doc: 'With fresh weights a cross-entropy should be about ln(classes) (Karpathy, "verify loss @ init"): more than 2 above it means scores far too large, half of it means that the labels leak into the features. A squared error ten times the variance of what is predicted means targets that are not scaled.',
  what: 'losses',
  look(seen) {
    const loss = firstLoss(seen);
    const { document, labels, places } = seen;
    if (loss === null || !Number.isFinite(loss)) return notChecked('The weights are not fresh, or the loss is not finite.');
    const layer = lastLayer(places);
    const place = { path: [], node: layer?.node ?? places.outputs[0] ?? null };
    const name = layer ? places.title(layer) : 'the first output';
    if (document.run.loss.type === 'crossEntropy') {
      const classes = classesOf(seen);
      if (classes === null || classes < 2) return notChecked('The number of classes is not known.', 1);
      const expected = Math.log(classes);
      const evidence = { loss, expected, classes, excess: EXCESS, tooGood: TOO_GOOD };
      if (loss > expected + EXCESS)
        return {
          checked: 1,
          found: [
            {
              ...place,
              severity: 'warning',
              message: `The first loss is ${short(loss)}, but of ${classes} classes a model that knows nothing has ln(${classes}) = ${short(expected)}: the scores of ${name} are far too large, and the first steps only make them smaller.`,
              evidence,
              fix: `Scale the data, or give ${name} smaller initial weights.`,
            },
          ],
        };
      if (loss < TOO_GOOD * expected)
        return {
          checked: 1,
          found: [
            {
              ...place,
              severity: 'warning',
              message: `The first loss is ${short(loss)}, but of ${classes} classes a model that knows nothing has ln(${classes}) = ${short(expected)}: it knows too much for fresh weights.`,
              evidence,
              fix: 'Look whether the label is among the features.',
            },
          ],
        };
      return { checked: 1, found: [] };
    }
    if (document.run.loss.type === 'meanSquaredError' && labels && labels.variance > 0) {
      const { mean, variance } = labels;
      if (loss <= TIMES * variance) return { checked: 1, found: [] };
      return {
        checked: 1,
        found: [
          {
            ...place,
            severity: 'warning',
            message: `The first loss is ${short(loss)}, ${short(loss / variance)} times that of whoever always answers the mean of the targets (${short(variance)}). They have a mean of ${short(mean)} and a spread of ${short(Math.sqrt(variance))}, and ${name} begins near 0.`,
            evidence: { loss, expected: variance, mean, times: TIMES },
            fix: `Scale the targets, or begin with a bias of ${short(mean)} in ${name}.`,
            mends:
              layer?.type === 'Linear'
                ? [
                    {
                      kind: 'arguments',
                      label: `Set biasInit to ${short(mean)}`,
                      args: { biasInit: { name: 'constant', value: Number(short(mean)) } },
                    },
                  ]
                : [],
          },
        ],
      };
    }
    return notChecked('Of this loss it is not known what a model that knows nothing has.', 1);
  },
});

function firstLoss({ pass, course }: Seen): number | null {
  const first = course?.losses[0];
  if (first) return first[0] === 1 ? first[1] : null;
  return pass?.isFresh ? pass.loss : null;
}

function classesOf({ places, check }: Seen): number | null {
  const root = places.instance([]);
  const output = places.outputs[0];
  const size = root && output !== undefined ? check.inputShapeOf(root.class.id, output, 'in', [])?.shape.at(-1) : undefined;
  return typeof size === 'number' ? size : null;
}
