/** @file Normalisation over a single number: whatever comes in, 0 goes out. */
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import { normsOf } from '../shared/norms.ts';

export const normBatchOfOneDiagnosis = defineDiagnosis({
  code: 'norm/batch-of-one',
  doc: 'A normalisation whose mean and variance are those of one number: the number less itself is 0, so the input is lost. Of BatchNorm in training: one row without further axes, also where only the last batch of an epoch is that small.',
  what: 'normalisations',
  look(seen) {
    const { pass, places, source, document } = seen;
    if (!pass) return notChecked('There was no pass.');
    const norms = normsOf(seen, pass);
    const rest = source && source.trainRows > document.run.batchSize ? source.trainRows % document.run.batchSize : 0;
    const found = norms.flatMap(({ wire, input, layer, over, perRow, isOverBatch }): Found[] => {
      const title = places.title(wire);
      const shape = `(${input.value.shape.join(', ')})`;
      const evidence = { type: layer.type, over, shape: [...input.value.shape], batchSize: document.run.batchSize };
      const [path, node] = [wire.instance, wire.node];
      if (over <= 1)
        return [
          {
            severity: 'error',
            path,
            node,
            message: `${title} (${layer.type}) takes mean and variance of a single number for ${shape}: it gives its bias, whatever comes in, and no gradient passes.`,
            evidence,
            fix: isOverBatch ? 'Set the batch size to 2 or more (32 is usual), or use LayerNorm.' : 'Normalise over more than one number.',
            mends: isOverBatch ? [{ kind: 'run', label: 'Set the batch size to 32', run: { batchSize: 32 } }] : [],
          },
        ];
      if (isOverBatch && rest * perRow === 1)
        return [
          {
            severity: 'warning',
            path,
            node,
            message: `The last batch of every epoch has a single row (${source!.trainRows} rows in batches of ${document.run.batchSize}): for it ${title} (${layer.type}) gives its bias, whatever comes in.`,
            evidence: { ...evidence, trainRows: source!.trainRows, last: rest },
            fix: 'Choose a batch size that leaves more than one row over.',
            mends: [
              { kind: 'run', label: `Set the batch size to ${document.run.batchSize + 1}`, run: { batchSize: document.run.batchSize + 1 } },
            ],
          },
        ];
      return [];
    });
    return { found, checked: norms.length };
  },
});
