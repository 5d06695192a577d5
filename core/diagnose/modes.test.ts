import { describe, expect, it } from 'vitest';
import { diagnosed, placesUnder, planted, under, type Asked } from '../test/planted.ts';

const everything = { kind: 'everything' };
const withModes = (more: object = {}, rate = 0.5) =>
  planted({
    nodes: {
      first: { call: 'Linear', args: { outFeatures: 16 } },
      norm: { call: 'BatchNorm' },
      drop: { call: 'Dropout', args: { rate } },
      last: { call: 'Linear', args: { outFeatures: 2 } },
    },
    ...more,
  });
const train: Asked = { task: 'train', steps: 3 };

describe('mode/eval-in-training', () => {
  it('names each layer that the settings leave in evaluation while it is trained', async () => {
    const report = await diagnosed(withModes({ settings: [{ id: 's', kind: 'eval' }] }), train);
    expect(placesUnder(report, 'mode/eval-in-training').toSorted()).toEqual(['drop', 'norm']);
    expect(under(report, 'mode/eval-in-training')[0]).toMatchObject({ severity: 'warning', mends: [{ setting: 's' }] });
  });

  it('is a note of a run, which may be meant', async () => {
    const report = await diagnosed(withModes({ settings: [{ id: 's', kind: 'eval' }] }));
    expect(under(report, 'mode/eval-in-training').map(({ severity }) => severity)).toEqual(['note', 'note']);
  });

  it('is silent in training mode', async () => {
    expect(placesUnder(await diagnosed(withModes(), train), 'mode/eval-in-training')).toEqual([]);
  });
});

describe('mode/train-in-evaluation', () => {
  const views = (attributes: object, only: object = everything) => ({ views: [{ id: 'v', name: 'evaluating', only, attributes }] });

  it('names the layer that a view which evaluates leaves in training', async () => {
    const report = await diagnosed(withModes(views({ deterministic: true }, { kind: 'type', type: 'Dropout' })));
    expect(placesUnder(report, 'mode/train-in-evaluation')).toEqual(['norm']);
  });

  it('is silent where the view sets both modes, and where no view evaluates', async () => {
    const both = withModes(views({ deterministic: true, useRunningAverage: true }));
    expect(placesUnder(await diagnosed(both), 'mode/train-in-evaluation')).toEqual([]);
    expect(placesUnder(await diagnosed(withModes()), 'mode/train-in-evaluation')).toEqual([]);
  });
});

describe('dropout/drops-all', () => {
  it('names a dropout with a rate of 1, and offers another', async () => {
    const report = await diagnosed(withModes({}, 1));
    expect(placesUnder(report, 'dropout/drops-all')).toEqual(['drop']);
    expect(under(report, 'dropout/drops-all')[0]).toMatchObject({ severity: 'error', mends: [{ args: { rate: 0.5 } }] });
  });

  it('is silent at a rate of a half, and where nothing is dropped', async () => {
    expect(placesUnder(await diagnosed(withModes()), 'dropout/drops-all')).toEqual([]);
    expect(placesUnder(await diagnosed(withModes({ settings: [{ id: 's', kind: 'eval' }] }, 1)), 'dropout/drops-all')).toEqual([]);
  });
});

describe('norm/cancellation', () => {
  const shifted = (offset: number, args = {}) =>
    planted({
      nodes: {
        far: { constant: offset },
        shift: { op: 'add', from: { a: 'x', b: 'far' } },
        norm: { call: 'LayerNorm', args },
        last: { call: 'Linear', args: { outFeatures: 2 } },
      },
    });

  it('names the norm whose input lies so far from 0 that its variance is rounding', async () => {
    const report = await diagnosed(shifted(20_000));
    expect(placesUnder(report, 'norm/cancellation')).toEqual(['norm']);
    expect(under(report, 'norm/cancellation')[0]!.evidence['error']).toBeGreaterThan(0.1);
  });

  it('is silent near 0, and where the variance is taken from the differences', async () => {
    expect(placesUnder(await diagnosed(shifted(20)), 'norm/cancellation')).toEqual([]);
    expect(placesUnder(await diagnosed(shifted(20_000, { useFastVariance: false })), 'norm/cancellation')).toEqual([]);
  });
});

describe('activation/saturated', () => {
  const stack = (scale: number) =>
    planted({
      nodes: {
        first: { call: 'Linear', args: { outFeatures: 16, kernelInit: { name: 'normal', stddev: scale } } },
        tanh: { op: 'tanh' },
        second: { call: 'Linear', args: { outFeatures: 16 } },
        sigmoid: { op: 'sigmoid' },
        last: { call: 'Linear', args: { outFeatures: 2 } },
      },
    });

  it('names the tanh that sits at its ends, not the sigmoid behind it', async () => {
    expect(placesUnder(await diagnosed(stack(20)), 'activation/saturated')).toEqual(['tanh']);
  });

  it('is silent with weights of usual size', async () => {
    expect(placesUnder(await diagnosed(stack(0.3)), 'activation/saturated')).toEqual([]);
  });
});
