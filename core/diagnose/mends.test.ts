import { expect, it } from 'vitest';
import type { ModelDocument } from '../document/schema.ts';
import { diagnosed, placesUnder, planted, under, type Asked } from '../test/planted.ts';
import { fixesOfDiagnosis } from './mends.ts';

const NODES = {
  first: { call: 'Linear', args: { outFeatures: 16 } },
  norm: { call: 'BatchNorm' },
  drop: { call: 'Dropout', args: { rate: 1 } },
  last: { call: 'Linear', args: { outFeatures: 2 } },
};
const train: Asked = { task: 'train', steps: 3 };

/** Takes the first fix of what is found under a code, and looks again. */
async function mend(document: ModelDocument, code: string, asked?: Asked) {
  const [found] = under(await diagnosed(document, asked), code);
  const [fix] = fixesOfDiagnosis(found!);
  const edited = fix!.edit(document);
  return { label: fix!.label, edited, left: placesUnder(await diagnosed(edited, asked), code) };
}

it('gives a layer another argument, and nothing is found any more', async () => {
  const { label, left } = await mend(planted({ nodes: NODES }), 'dropout/drops-all');
  expect([label, left]).toEqual(['Set rate to 0.5', []]);
});

it('takes away the setting that leaves layers in evaluation while they are trained', async () => {
  const document = planted({ nodes: NODES, settings: [{ id: 's', kind: 'eval' }] });
  const { edited, left } = await mend(document, 'mode/eval-in-training', train);
  expect([edited.settings, left]).toEqual([[], []]);
});

it('changes the batch size of the run', async () => {
  const document = planted({ nodes: NODES, run: { batchSize: 1 } });
  const { edited, left } = await mend(document, 'norm/batch-of-one');
  expect(edited.run.batchSize).toBeGreaterThan(1);
  expect(left).toEqual([]);
});

it('changes nothing where the place is no more', async () => {
  const document = planted({ nodes: NODES });
  const [found] = under(await diagnosed(document), 'dropout/drops-all');
  const [fix] = fixesOfDiagnosis({ ...found!, path: ['elsewhere'] });
  expect(fix!.edit(document)).toBe(document);
});
