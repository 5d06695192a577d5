import { describe, expect, it } from 'vitest';
import { diagnosed, placesUnder, planted, tableOf, tableRun, under } from '../test/planted.ts';

const classes = (outFeatures: number) => ({
  first: { call: 'Linear', args: { outFeatures: 8 } },
  relu: { op: 'relu' },
  scores: { call: 'Linear', args: { outFeatures } },
});

describe('data/label-out-of-range', () => {
  const table = tableOf(40, (i, random) => [random(), random(), i % 5], 'a,b,label');
  const document = (scores: number) => planted({ shape: ['batch', 2], nodes: classes(scores), run: tableRun() });

  it('names the layer that has too few scores, how many rows suffer, and a change that mends it', async () => {
    const report = await diagnosed(document(3), { table });
    expect(placesUnder(report, 'data/label-out-of-range')).toEqual(['scores']);
    expect(under(report, 'data/label-out-of-range')[0]).toMatchObject({
      evidence: { min: 0, max: 4, classes: 3, rows: 16 },
      mends: [{ kind: 'arguments', args: { outFeatures: 5 } }],
    });
  });

  it('is silent where there is a score for each', async () => {
    expect(placesUnder(await diagnosed(document(5), { table }), 'data/label-out-of-range')).toEqual([]);
  });
});

describe('data/id-out-of-range', () => {
  const table = tableOf(20, (i) => [i % 10, (i * 3) % 10, i % 2], 'a,b,label');
  const document = (numEmbeddings: number) =>
    planted({
      shape: ['batch', 2],
      dtype: 'int32',
      nodes: {
        embed: { call: 'Embed', args: { numEmbeddings, features: 4 } },
        flat: { op: 'flatten' },
        scores: { call: 'Linear', args: { outFeatures: 2 } },
      },
      run: tableRun(),
    });

  it('names the table, the row and the column', async () => {
    const report = await diagnosed(document(7), { table });
    expect(placesUnder(report, 'data/id-out-of-range')).toEqual(['embed']);
    expect(under(report, 'data/id-out-of-range')[0]!.message).toContain('expected an id from 0 to 6');
  });

  it('is silent where the table has a row for each', async () => {
    expect(placesUnder(await diagnosed(document(10), { table }), 'data/id-out-of-range')).toEqual([]);
  });
});

describe('norm/batch-of-one', () => {
  const document = (layer: string, run: Readonly<Record<string, unknown>>) =>
    planted({
      nodes: {
        first: { call: 'Linear', args: { outFeatures: 8 } },
        norm: { call: layer },
        last: { call: 'Linear', args: { outFeatures: 2 } },
      },
      run,
    });

  it('names a BatchNorm that gets one row, and offers more rows', async () => {
    const report = await diagnosed(document('BatchNorm', { batchSize: 1 }));
    expect(placesUnder(report, 'norm/batch-of-one')).toEqual(['norm']);
    expect(under(report, 'norm/batch-of-one')[0]).toMatchObject({ severity: 'error', mends: [{ run: { batchSize: 32 } }] });
  });

  it('names one that gets a single row at the end of every epoch', async () => {
    const table = tableOf(33, (i, random) => [...Array.from({ length: 8 }, random), i % 2], 'a,b,c,d,e,f,g,h,label');
    const report = await diagnosed(document('BatchNorm', { ...tableRun(), batchSize: 8 }), { table });
    expect(under(report, 'norm/batch-of-one')[0]).toMatchObject({ severity: 'warning', node: 'norm', evidence: { last: 1 } });
  });

  it('is silent with more rows, and for a LayerNorm', async () => {
    expect(placesUnder(await diagnosed(document('BatchNorm', { batchSize: 4 })), 'norm/batch-of-one')).toEqual([]);
    expect(placesUnder(await diagnosed(document('LayerNorm', { batchSize: 1 })), 'norm/batch-of-one')).toEqual([]);
  });
});
