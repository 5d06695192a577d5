import { describe, expect, it } from 'vitest';
import { alarms, diagnosed, placesUnder, planted, under } from '../test/planted.ts';

const stack = (bias: number) => ({
  first: { call: 'Linear', args: { outFeatures: 16 } },
  relu1: { op: 'relu' },
  second: { call: 'Linear', args: { outFeatures: 16, biasInit: { name: 'constant', value: bias } } },
  relu2: { op: 'relu' },
  relu3: { op: 'relu' },
  last: { call: 'Linear', args: { outFeatures: 2 } },
});

describe('activation/dead', () => {
  it('names the activation whose units are never above 0, and what feeds it, not those around it', async () => {
    const report = await diagnosed(planted({ nodes: stack(-50) }));
    expect(placesUnder(report, 'activation/dead')).toEqual(['relu2']);
    expect(under(report, 'activation/dead')[0]).toMatchObject({ severity: 'error', evidence: { dead: 16, units: 16, feeds: 'second' } });
  });

  it('is silent where the same layers have a bias of 0', async () => {
    expect(placesUnder(await diagnosed(planted({ nodes: stack(0) })), 'activation/dead')).toEqual([]);
  });

  it('judges nothing by a single row, and says so', async () => {
    const report = await diagnosed(planted({ nodes: stack(-50), run: { batchSize: 1 } }));
    expect(placesUnder(report, 'activation/dead')).toEqual([]);
    expect(report.checked.find(({ code }) => code === 'activation/dead')).toMatchObject({ checked: 0, notChecked: 3 });
  });
});

describe('perturbations', () => {
  const probed = (at: string, to = 'last') =>
    planted({
      nodes: {
        first: { call: 'Linear', args: { outFeatures: 4 } },
        side: { op: 'tanh' },
        last: { call: 'Linear', args: { outFeatures: 2 }, from: 'first' },
      },
      outputs: { y: to },
      probes: [{ kind: 'perturb', at, name: 'here' }],
    });

  it('that do not reach the loss are named at the node whose value they are on, and others are not', async () => {
    expect(placesUnder(await diagnosed(probed('side')), 'perturbation/unused')).toEqual(['side']);
    expect(alarms(await diagnosed(probed('first')))).toEqual([]);
  });

  it('in a Module that is called twice give a sum, which is said; one that is called once does not', async () => {
    const twice = (member: boolean) =>
      planted({
        nodes: { block: { call: 'class:block' }, again: member ? { member: 'block' } : { op: 'tanh' } },
        classes: {
          block: { nodes: { fc: { call: 'Linear', args: { outFeatures: 8 } } }, probes: [{ kind: 'perturb', at: 'fc', name: 'h' }] },
        },
      });
    expect(placesUnder(await diagnosed(twice(true)), 'perturbation/sum-of-calls')).toEqual(['block fc']);
    expect(placesUnder(await diagnosed(twice(false)), 'perturbation/sum-of-calls')).toEqual([]);
  });
});
