/** @file Normalisation whose variance drowns in the rounding of float32. */
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import { cancellationOf } from '../shared/cancellation.ts';
import { normsOf } from '../shared/norms.ts';
import { percent, short } from '../shared/words.ts';

/** Of the variance, by which it may be wrong before it is said. */
const LIMIT = 0.1;

export const normCancellationDiagnosis = defineDiagnosis({
  code: 'norm/cancellation',
  doc: 'A normalisation that takes the variance as E[x²] − E[x]² (`useFastVariance`, the default of Flax) of numbers whose mean is so much larger than their spread that the difference is rounding: float32 keeps 2⁻²³ of E[x²], and that is a tenth of the variance or more.',
  what: 'normalisations',
  async look(seen) {
    const { pass, places } = seen;
    if (!pass) return notChecked('There was no pass.');
    const norms = normsOf(seen, pass).filter(({ usesMean, over }) => usesMean && over > 1);
    const fast = norms.filter(({ usesFastVariance }) => usesFastVariance);
    const found: Found[] = [];
    for (const norm of fast) {
      const worst = await cancellationOf(norm);
      if (worst === null || !(worst.error > LIMIT)) continue;
      const title = places.title(norm.wire);
      const from = places.title(norm.input);
      found.push({
        severity: 'warning',
        path: norm.wire.instance,
        node: norm.wire.node,
        message: `The variance that ${title} (${norm.layer.type}) takes is lost in rounding: ${from} has a mean of ${short(worst.mean)} and a spread of ${short(worst.std)}, and E[x²] − E[x]² in float32 is wrong by ${percent(Math.min(worst.error, 99))} of it.`,
        evidence: { mean: worst.mean, std: worst.std, error: worst.error, limit: LIMIT, feeds: from, feedsNode: norm.input.node },
        fix: 'Switch useFastVariance off, or subtract the mean before.',
        mends: [{ kind: 'arguments', label: 'Set useFastVariance to false', args: { useFastVariance: false } }],
      });
    }
    return { found, checked: norms.length };
  },
});
