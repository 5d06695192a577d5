import { describe, expect, it } from 'vitest';
import { alarms, diagnosed, placesUnder, planted, tableOf, tableRun, under } from '../test/planted.ts';

/** Two clouds that a small network tells apart. */
const clouds = tableOf(
  120,
  (i, random) => {
    const label = i % 2;
    return [random() * 2 - 1 + (label === 0 ? -1 : 1), random() * 2 - 1, label];
  },
  'a,b,label',
);
const nodes = {
  first: { call: 'Linear', args: { outFeatures: 8 } },
  tanh: { op: 'tanh' },
  scores: { call: 'Linear', args: { outFeatures: 2 } },
};
const classifier = (run: object = {}, source: object = {}) =>
  planted({ shape: ['batch', 2], nodes, run: { ...tableRun(source as never), steps: 40, ...run } });
const sgd = (learningRate: unknown) => ({ optimizer: { type: 'sgd', args: { learningRate } } });
const trained = (run: object = {}, table = clouds, source: object = {}) => diagnosed(classifier(run, source), { task: 'train', table });

describe('a training that goes well', () => {
  it('gives no alarm', async () => {
    expect(alarms(await trained(sgd(0.1)))).toEqual([]);
  });
});

describe('update/too-large and loss/diverging', () => {
  it('name the layer that steps throw about, and the loss that grows', async () => {
    const report = await trained(sgd(500));
    expect(['first', 'scores']).toContain(placesUnder(report, 'update/too-large')[0]);
    const line = tableOf(
      120,
      (_, random) => {
        const [a, b] = [random() * 2 - 1, random() * 2 - 1];
        return [a, b, (a - b).toFixed(5)];
      },
      'a,b,label',
    );
    const squared = (learningRate: number) =>
      planted({
        shape: ['batch', 2],
        nodes: { price: { call: 'Linear', args: { outFeatures: 1 } } },
        run: { ...tableRun(), loss: { type: 'meanSquaredError', args: {} }, ...sgd(learningRate) },
      });
    const grows = await diagnosed(squared(4), { task: 'train', steps: 30, table: line });
    expect(under(grows, 'loss/diverging')).toMatchObject([{ severity: 'error', node: 'out-y' }]);
    expect(alarms(await diagnosed(squared(0.1), { task: 'train', steps: 30, table: line }))).toEqual([]);
  });
});

describe('update/too-small and loss/stuck', () => {
  it('say that steps move nothing, and that the loss stays at that of guessing', async () => {
    const noise = tableOf(120, (i, random) => [random() - 0.5, random() - 0.5, i % 2], 'a,b,label');
    const report = await trained(sgd(1e-7), noise);
    expect(under(report, 'update/too-small')).toHaveLength(1);
    expect(under(report, 'loss/stuck')).toHaveLength(1);
  });
});

describe('schedule/does-not-fit', () => {
  const cosine = (decaySteps: number) => sgd({ name: 'cosineDecaySchedule', initValue: 0.1, decaySteps });

  it('says that a schedule is over long before the training, or hardly begun at its end, and offers the right length', async () => {
    const [over, begun] = [await trained(cosine(5)), await trained(cosine(4000))];
    expect(under(over, 'schedule/does-not-fit')[0]!.message).toContain('next to nothing');
    expect(under(begun, 'schedule/does-not-fit')[0]).toMatchObject({ mends: [{ args: { learningRate: { decaySteps: 40 } } }] });
    const warmup = sgd({ name: 'warmupCosineDecaySchedule', initValue: 0, peakValue: 0.1, warmupSteps: 500, decaySteps: 1000 });
    expect(under(await trained(warmup), 'schedule/does-not-fit')[0]!.message).toContain('never comes to its peak');
  });

  it('is silent where it ends with the training', async () => {
    expect(under(await trained(cosine(40)), 'schedule/does-not-fit')).toEqual([]);
  });
});

describe('data/imbalanced and accuracy/is-majority-share', () => {
  const rare = (every: number) => tableOf(120, (i, random) => [random() - 0.5, random() - 0.5, i % every === 0 ? 1 : 0], 'a,b,label');

  it('name nineteen rows to one, and a model that answers nothing else', async () => {
    const report = await trained(sgd(0.1), rare(20));
    expect(under(report, 'data/imbalanced')[0]!.evidence).toMatchObject({ most: 0, many: 114, least: 1, few: 6 });
    expect(placesUnder(report, 'accuracy/is-majority-share')).toEqual(['scores']);
  });

  it('are silent for clouds of the same size that it has learned to tell apart', async () => {
    const report = await trained(sgd(0.3));
    expect([...under(report, 'data/imbalanced'), ...under(report, 'accuracy/is-majority-share')]).toEqual([]);
  });
});

describe('data/unscaled and initial-loss/unexpected', () => {
  const salaries = tableOf(60, (i, random) => [20 + random() * 40, 30_000 + 60_000 * random(), i % 2], 'age,salary,label');
  const plain = (more: object = {}) => planted({ shape: ['batch', 2], nodes: { scores: nodes.scores }, run: tableRun(more as never) });

  it('name the input whose columns have the size of salaries, and the scores that follow', async () => {
    const report = await diagnosed(plain(), { table: salaries });
    expect(placesUnder(report, 'data/unscaled')).toEqual(['x']);
    expect(under(report, 'data/unscaled')[0]!.message).toContain('salary');
    expect(placesUnder(report, 'initial-loss/unexpected')).toEqual(['scores']);
  });

  it('are silent once the columns are standardised, and where a BatchNorm comes first', async () => {
    expect(alarms(await diagnosed(plain({ standardize: true }), { table: salaries }))).toEqual([]);
    const normed = planted({ shape: ['batch', 2], nodes: { norm: { call: 'BatchNorm' }, scores: nodes.scores }, run: tableRun() });
    expect(placesUnder(await diagnosed(normed, { table: salaries }), 'data/unscaled')).toEqual([]);
  });

  it('say of a squared error that its targets lie far from 0, and nothing where they do not', async () => {
    const prices = (offset: number) =>
      tableOf(60, (_, random) => [random() - 0.5, random() - 0.5, (offset + random()).toFixed(4)], 'a,b,label');
    const squared = planted({
      shape: ['batch', 2],
      nodes: { price: { call: 'Linear', args: { outFeatures: 1 } } },
      run: { ...tableRun(), loss: { type: 'meanSquaredError', args: {} } },
    });
    expect(placesUnder(await diagnosed(squared, { table: prices(500) }), 'initial-loss/unexpected')).toEqual(['price']);
    expect(placesUnder(await diagnosed(squared, { table: prices(-0.5) }), 'initial-loss/unexpected')).toEqual([]);
  });
});
