/** @file Properties of random networks of real layers: gradients, and copies that compute what their originals do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clone,
  dispose,
  type GraphDef,
  iterModules,
  merge,
  mergeCopy,
  Param,
  Rngs,
  split,
  type State,
  tf,
  type Variable,
} from '../index.ts';
import { expectGradient, spread } from './contract/direction.ts';
import { variablesOf } from './golden/build.ts';
import { anyNetworkPlan, Network, type NetworkPlan } from './random-networks.ts';

const [BATCH, TIME] = [2, 5];
const inputOf = ({ features }: NetworkPlan) => tf.tensor(spread(BATCH * TIME * features, 0.2), [BATCH, TIME, features]);

describe('random networks', () => {
  it('have gradients by all parameters and inputs that agree with finite differences, and leave no tensor over', () => {
    const met = new Set<string>();
    let sloping = 0;
    fc.assert(
      fc.property(anyNetworkPlan, (plan) => {
        const before = tf.memory().numTensors;
        const network = new Network(plan, new Rngs(0));
        for (const [, module] of iterModules(network)) met.add(module.constructor.name);
        // A mask that is drawn anew in each call has no derivative.
        network.setAttributes({ deterministic: true }, { raiseIfNotFound: false });
        if (expectGradient(network, [inputOf(plan)], (model, [x]) => model.call(x!)) > 1e-3) sloping += 1;
        dispose(network);
        expect(tf.memory().numTensors).toBe(before);
      }),
      { numRuns: 60, seed: 21 },
    );
    expect(met.size, [...met].join(', ')).toBeGreaterThan(20);
    expect(sloping).toBeGreaterThan(50);
  });

  it.each<[string, (network: Network) => Network]>([
    ['merge(split(m))', (network) => merge(...(split(network) as [GraphDef<Network>, State]))],
    ['merge of a split by type', (network) => mergeByType(network)],
    ['mergeCopy(split(m))', (network) => owning(network, mergeCopy(...(split(network) as [GraphDef<Network>, State])))],
    ['clone(m)', (network) => owning(network, clone(network))],
  ])('%s computes what m computes, call after call, and ends in the same state', (_, copyOf) => {
    fc.assert(
      fc.property(anyNetworkPlan, (plan) => {
        const before = tf.memory().numTensors;
        const network = new Network(plan, new Rngs(0), { kinked: true });
        const copy = copyOf(new Network(plan, new Rngs(0), { kinked: true }));
        const x = inputOf(plan);
        for (const deterministic of [false, false, true]) {
          for (const model of [network, copy])
            model.setAttributes({ deterministic, useRunningAverage: deterministic }, { raiseIfNotFound: false });
          const [expected, found] = [network.call(x), copy.call(x)];
          expect([found.shape, [...found.dataSync()]]).toEqual([expected.shape, [...expected.dataSync()]]);
          tf.dispose([expected, found]);
          expect(held(copy)).toEqual(held(network));
        }
        dispose([network, copy, x]);
        expect(tf.memory().numTensors).toBe(before);
      }),
      { numRuns: 40, seed: 22 },
    );
  });
});

function mergeByType(network: Network): Network {
  const [def, params, rest] = split(network, Param, true);
  return merge(def as GraphDef<Network>, rest, params);
}

/** The copy, after its original is freed. */
function owning(original: Network, copy: Network): Network {
  dispose(original);
  return copy;
}

/** What all Variables hold, by path. */
function held(network: Network): unknown {
  return variablesOf(network).map(([path, variable]: readonly [readonly (string | number)[], Variable<unknown>]) => {
    const { value } = variable;
    return [path.join('/'), variable.constructor.name, value instanceof tf.Tensor ? [...value.dataSync()] : value];
  });
}
