import { describe, expect, it } from 'vitest';
import { diagnosed, placesUnder, planted, under } from '../test/planted.ts';

const linear = (outFeatures: number, from?: string) => ({ call: 'Linear', args: { outFeatures }, ...(from === undefined ? {} : { from }) });

describe('parameter/unused', () => {
  it('names the layer that leads to no output', async () => {
    const report = await diagnosed(
      planted({ nodes: { first: linear(4), lost: { ...linear(3), args: { inFeatures: 4, outFeatures: 3 } }, last: linear(2, 'first') } }),
    );
    expect(placesUnder(report, 'parameter/unused')).toEqual(['lost']);
    expect(under(report, 'parameter/unused')[0]!.evidence).toMatchObject({ parameters: ['lost.bias', 'lost.kernel'] });
  });

  it('names the layer whose value is only looked at by a probe', async () => {
    const nodes = { first: linear(4), lost: linear(3), last: linear(2, 'first') };
    const report = await diagnosed(planted({ nodes, probes: [{ kind: 'sow', at: 'lost', name: 'h' }] }));
    expect(placesUnder(report, 'parameter/unused')).toEqual(['lost']);
  });

  it('is silent where all lead to an output', async () => {
    const report = await diagnosed(planted({ nodes: { first: linear(4), last: linear(2) } }));
    expect(placesUnder(report, 'parameter/unused')).toEqual([]);
  });
});

describe('output/ignored-by-loss', () => {
  const table = 'a,b,label\n1,2,0\n2,1,1\n0,1,0\n1,0,1\n';
  const run = {
    source: { type: 'csv', args: { file: 'table.csv', label: 'label', scale: 1, testRows: 0 } },
    loss: { type: 'crossEntropy', args: {} },
  };
  const nodes = { first: linear(4), head: linear(2, 'first'), other: linear(3, 'first') };

  it('names the output that the loss does not take, and the layers that hang on it alone', async () => {
    const report = await diagnosed(planted({ shape: ['batch', 2], nodes, outputs: { y: 'head', extra: 'other' }, run }), { table });
    expect(placesUnder(report, 'output/ignored-by-loss')).toEqual(['out-extra']);
    expect(under(report, 'output/ignored-by-loss')[0]).toMatchObject({
      severity: 'warning',
      evidence: { parameters: ['other.bias', 'other.kernel'] },
    });
    expect(placesUnder(report, 'parameter/unused')).toEqual([]);
  });

  it('is a note of a prediction that nothing hangs on, and silent of a loss that takes all outputs', async () => {
    const asked = { ...nodes, guess: { op: 'softmax', from: 'head' } };
    const predicting = planted({
      shape: ['batch', 2],
      nodes: { first: asked.first, head: asked.head, guess: asked.guess },
      outputs: { y: 'head', p: 'guess' },
      run,
    });
    expect(under(await diagnosed(predicting, { table }), 'output/ignored-by-loss').map(({ severity }) => severity)).toEqual(['note']);
    const both = planted({ nodes, outputs: { y: 'head', extra: 'other' } });
    expect(placesUnder(await diagnosed(both), 'output/ignored-by-loss')).toEqual([]);
  });
});

describe('sow/not-captured', () => {
  const probes = [{ kind: 'sow' as const, at: 'fc', name: 'h' }];
  const document = (isCalled: boolean) =>
    planted({
      nodes: { block: { call: 'class:block', isIdle: !isCalled }, last: linear(2, isCalled ? 'block' : 'x') },
      classes: { block: { nodes: { fc: { call: 'Linear', args: { inFeatures: 8, outFeatures: 8 } } }, probes } },
    });

  it('names the node whose value was to be sown in a Module that is never called, and offers to remove the probe', async () => {
    const report = await diagnosed(document(false));
    expect(placesUnder(report, 'sow/not-captured')).toEqual(['block fc']);
    expect(under(report, 'sow/not-captured')[0]!.mends).toMatchObject([{ kind: 'removeProbe', probe: 'p0' }]);
  });

  it('is silent where the Module is called', async () => {
    expect(placesUnder(await diagnosed(document(true)), 'sow/not-captured')).toEqual([]);
  });
});
