import { describe, expect, it } from 'vitest';
import { diagnosed, placesUnder, planted, under, type PlantedNode } from '../test/planted.ts';

const linear = (outFeatures: number, args: object = {}): PlantedNode => ({ call: 'Linear', args: { outFeatures, ...args } });

/** Layers of 8 features with an activation behind each, and a last one of two. */
function deep(depth: number, op: string, args: object = {}) {
  const nodes: Record<string, PlantedNode> = {};
  for (let i = 0; i < depth; i++) {
    nodes[`fc${i}`] = linear(8, args);
    nodes[`${op}${i}`] = { op };
  }
  return planted({ nodes: { ...nodes, last: linear(2) } });
}

describe('gradient/vanishing', () => {
  it('names the first of many layers with sigmoids, and the sigmoids as the reason', async () => {
    const report = await diagnosed(deep(8, 'sigmoid'));
    expect(placesUnder(report, 'gradient/vanishing')).toEqual(['fc0']);
    const [found] = under(report, 'gradient/vanishing');
    expect(found!.evidence['why']).toEqual([expect.stringMatching(/^8 × sigmoid \(0\.\d+ each\)$/)]);
    expect(found!.evidence['chain']).toHaveLength(17);
  });

  it('names the one operation that makes it small', async () => {
    const nodes = {
      first: linear(8),
      tiny: { constant: 1e-6 },
      small: { op: 'multiply', from: { a: 'first', b: 'tiny' } },
      last: linear(2),
    };
    expect(placesUnder(await diagnosed(planted({ nodes })), 'gradient/vanishing')).toEqual(['small']);
  });

  it('is silent for as many layers with relus, whose initial weights suit them', async () => {
    expect(placesUnder(await diagnosed(deep(8, 'relu', { kernelInit: { name: 'heNormal' } })), 'gradient/vanishing')).toEqual([]);
  });
});

describe('gradient/exploding', () => {
  it('names the first of many layers with weights that are far too large', async () => {
    const report = await diagnosed(deep(8, 'relu', { kernelInit: { name: 'normal', stddev: 3 } }));
    expect(placesUnder(report, 'gradient/exploding')).toEqual(['fc0']);
    expect(under(report, 'gradient/exploding')[0]!.evidence['why']).toEqual([expect.stringContaining('Linear')]);
  });

  it('is silent for weights of usual size', async () => {
    expect(placesUnder(await diagnosed(deep(8, 'tanh')), 'gradient/exploding')).toEqual([]);
  });
});

describe('gradient/zero', () => {
  const report = (nodes: Readonly<Record<string, PlantedNode>>, more: object = {}) => diagnosed(planted({ nodes, ...more }));

  it('leads from the weights to the dead activation', async () => {
    const bias = { biasInit: { name: 'constant', value: -50 } };
    const found = under(await report({ first: linear(8), mid: linear(8, bias), relu: { op: 'relu' }, last: linear(2) }), 'gradient/zero');
    expect(found).toMatchObject([
      { node: 'relu', evidence: { why: 'dead', chain: [{ node: 'first' }, { node: 'mid' }, { node: 'relu' }] } },
    ]);
    expect(found[0]!.evidence['parameters']).toEqual(['first.bias', 'first.kernel', 'last.kernel', 'mid.bias', 'mid.kernel']);
  });

  it('leads to what gave the first zeros, also from one item of a list into the next', async () => {
    const block = { shape: ['batch', 8], nodes: { dense: linear(8), drop: { call: 'Dropout', args: { rate: 1 } } } };
    const found = under(
      await report({ blocks: { call: 'class:block', repeat: 2 }, last: linear(3) }, { classes: { block } }),
      'gradient/zero',
    );
    expect(new Set(found.map(({ path, node }) => `${path.join('.')} ${node}`))).toEqual(new Set(['blocks.0 drop']));
  });

  it('leads to a mask of zeros, to an operation of steps, and to a result that nobody uses', async () => {
    const masked = { first: linear(8), zero: { constant: 0 }, mask: { op: 'multiply', from: { a: 'first', b: 'zero' } }, last: linear(2) };
    expect(under(await report(masked), 'gradient/zero')).toMatchObject([{ node: 'mask', evidence: { why: 'zero mask' } }]);
    const stepped = { first: linear(8), round: { op: 'round' }, last: linear(2) };
    expect(under(await report(stepped), 'gradient/zero')).toMatchObject([{ node: 'round', evidence: { why: 'detached or integer' } }]);
    const lost = { first: linear(8), lost: linear(4), last: { ...linear(2), from: 'first' } };
    expect(under(await report(lost), 'gradient/zero')).toMatchObject([{ node: 'lost', evidence: { why: 'unused result' } }]);
  });

  it('leads to an argmax, behind which there are whole numbers', async () => {
    const nodes = { first: linear(8), best: { op: 'argmax' }, back: { op: 'cast', args: { dtype: 'float32' } } };
    const found = under(await report(nodes), 'gradient/zero');
    expect(found).toMatchObject([{ node: 'best', evidence: { why: 'detached or integer' } }]);
  });

  it('is silent where all weights get a gradient, and where weights begin at 0 and get one themselves', async () => {
    expect(placesUnder(await report({ first: linear(8), relu: { op: 'relu' }, last: linear(2) }), 'gradient/zero')).toEqual([]);
    const zero = { kernelInit: { name: 'zeros' } };
    expect(placesUnder(await report({ first: linear(8), tanh: { op: 'tanh' }, last: linear(2, zero) }), 'gradient/zero')).toEqual([]);
  });
});
