/** @file A forward pass up to one node: what lies behind it is not computed. */
import { type RunningNode, SeenEnough } from '../build/observe.ts';
import type { Batch } from '../spec/source.ts';
import { fail } from '../spec/run-error.ts';
import { watchModules } from '../nnx/watch-modules.ts';
import { tf } from '../tensor/tf.ts';
import { canonicalIn } from './canonical.ts';
import { describeModules } from './describe.ts';
import type { OpenedModel } from './open-model.ts';
import type { Pass } from './pass.ts';
import { EveryPerturbation } from './perturbations.ts';
import { Watch, type WatchOptions } from './watch.ts';

/** Its loss is no number, and nothing has a gradient. The batch stays the caller's. @throws RunError where the pass does not come by the node. */
export function runPassUpTo({ model, observing }: OpenedModel, batch: Batch, upTo: RunningNode, options: WatchOptions): Pass {
  const canonical = canonicalIn(describeModules(model));
  const wanted = JSON.stringify(upTo.instance);
  const watch = new Watch([], options);
  let isReached = false;
  const observe: Watch['observe'] = (place, value) => {
    isReached ||= place.node === upTo.node && JSON.stringify(canonical(place.instance)) === wanted;
    return watch.observe(place, value);
  };
  const leave = (): void => {
    if (isReached) throw new SeenEnough('The node was reached.');
  };
  try {
    tf.tidy(() => {
      const call = (running: () => RunningNode | null): void => {
        watchModules(model, watch.inside(model, running), () => model.call(...batch.inputs));
      };
      observing(observe, call, leave);
    });
  } catch (error) {
    if (!(error instanceof SeenEnough)) {
      watch.dispose();
      throw error;
    }
  }
  if (!isReached) {
    watch.dispose();
    fail('run/not-reached', 'The node that was to be run to is not computed in this model.', 'Wire it to an output.', {
      path: upTo.instance,
      node: upTo.node,
    });
  }
  return {
    loss: tf.scalar(NaN),
    outputs: [],
    correct: null,
    params: [],
    gradients: [],
    watched: watch.values.map((each) => ({ ...each, input: null })),
    insides: watch.outputs.map((each) => ({ ...each, input: null })),
    calls: watch.calls,
    perturbations: new EveryPerturbation([]),
    states: [],
  };
}
