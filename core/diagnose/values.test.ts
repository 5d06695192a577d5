import { describe, expect, it } from 'vitest';
import { diagnosed, placesUnder, planted, under } from '../test/planted.ts';

const linear = (outFeatures: number) => ({ call: 'Linear', args: { outFeatures } });

describe('value/non-finite-first', () => {
  it('names the logarithm that made the first NaN, with what went into it, and not the layers that carry it on', async () => {
    const report = await diagnosed(planted({ nodes: { first: linear(8), log: { op: 'log' }, last: linear(2) } }));
    expect(placesUnder(report, 'value/non-finite-first')).toEqual(['log']);
    const [found] = under(report, 'value/non-finite-first');
    expect(found).toMatchObject({ severity: 'error', evidence: { operation: 'log', inputs: [{ node: 'first' }] } });
    expect((found!.evidence['inputs'] as { min: number }[])[0]!.min).toBeLessThan(0);
    expect(found!.message).toMatch(/First of \d+ values checked/);
  });

  it('is silent where the logarithm gets numbers above 0', async () => {
    const nodes = { first: linear(8), safe: { op: 'softplus' }, log: { op: 'log' }, last: linear(2) };
    expect(placesUnder(await diagnosed(planted({ nodes })), 'value/non-finite-first')).toEqual([]);
  });

  it('names the instance of a nested class, and the item of a list', async () => {
    const report = await diagnosed(
      planted({
        nodes: { blocks: { call: 'class:block', repeat: 3 } },
        classes: { block: { nodes: { wide: linear(8), root: { op: 'sqrt' }, back: linear(8) } } },
      }),
    );
    expect(placesUnder(report, 'value/non-finite-first')).toEqual(['blocks.0 root']);
  });

  it('names the loss where all values are finite, and the loss of them is not', async () => {
    const nodes = { first: linear(4), huge: { op: 'multiply', from: { a: 'first', b: 'factor' } }, factor: { constant: 3e38 } };
    const order = { first: nodes.first, factor: nodes.factor, huge: nodes.huge };
    const report = await diagnosed(
      planted({ nodes: order, outputs: { y: 'huge' }, run: { loss: { type: 'sum', args: {} }, batchSize: 256 } }),
    );
    expect(under(report, 'value/non-finite-first')).toHaveLength(1);
  });

  it('names the step of a training, and the layer whose weights have grown beyond float32', async () => {
    const report = await diagnosed(
      planted({
        nodes: { first: linear(8), relu: { op: 'relu' }, last: linear(1) },
        run: { optimizer: { type: 'sgd', args: { learningRate: 1e25 } }, loss: { type: 'weightedSum', args: {} } },
      }),
      { task: 'train', steps: 9 },
    );
    const [found] = under(report, 'value/non-finite-first');
    expect(found!.evidence['step']).toBeGreaterThan(1);
    expect(found!.message).toContain('at step');
  });
});

describe('gradient/non-finite-first', () => {
  const rootOfZero = (more: Readonly<Record<string, object>> = {}) =>
    planted({
      nodes: {
        first: { call: 'Linear', args: { outFeatures: 8, useBias: false } },
        none: { op: 'relu' },
        root: { op: 'sqrt' },
        ...more,
        last: { ...linear(2), from: 'root' },
      },
    });

  it('names the root of 0, whose slope is infinite, and the way of its gradient, which ends in the relu', async () => {
    const report = await diagnosed(rootOfZero());
    expect(placesUnder(report, 'value/non-finite-first')).toEqual([]);
    expect(placesUnder(report, 'gradient/non-finite-first')).toEqual(['root']);
    const [found] = under(report, 'gradient/non-finite-first');
    expect(found!.evidence).toMatchObject({ phase: 'backward', operation: 'sqrt', inputs: [{ node: 'none' }] });
    expect(found!.evidence['way']).toEqual([
      { path: [], node: 'root', state: 'born' },
      { path: [], node: 'none', state: 'healed' },
    ]);
    expect(found!.severity).toBe('warning');
  });

  it('is silent where a small number is added before the root', async () => {
    const report = await diagnosed(
      planted({
        nodes: {
          first: linear(8),
          none: { op: 'relu' },
          little: { constant: 0.001 },
          safe: { op: 'add', from: { a: 'none', b: 'little' } },
          root: { op: 'sqrt', from: 'safe' },
          last: linear(2),
        },
      }),
    );
    expect(placesUnder(report, 'gradient/non-finite-first')).toEqual([]);
  });

  it('names the step of a training whose gradient broke the weights, not the step behind it whose loss told', async () => {
    const nodes = {
      first: linear(8),
      zero: { constant: 0 },
      none: { op: 'multiply', from: { a: 'first', b: 'zero' } },
      root: { op: 'sqrt' },
      last: linear(2),
    };
    const report = await diagnosed(planted({ nodes }), { task: 'train', steps: 9 });
    expect(under(report, 'gradient/non-finite-first')).toMatchObject([
      { severity: 'error', node: 'root', evidence: { step: 1, parameters: ['first.bias', 'first.kernel'] } },
    ]);
  });
});
