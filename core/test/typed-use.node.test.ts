/** @file A program as a stranger writes it: own cells, layers with passed-on options, losses with metrics. It must need no cast. */
import { expect, it } from 'vitest';
import {
  adam,
  Bidirectional,
  type CarryOptions,
  dispose,
  type GradientTransformation,
  GRUCell,
  type Input,
  Linear,
  type LinearOptions,
  Module,
  Optimizer,
  RecurrentCell,
  RNN,
  Rngs,
  tf,
  valueAndGrad,
} from '../index.ts';

/** Adds up what comes. */
class Sum extends RecurrentCell<tf.Tensor> {
  readonly hiddenFeatures = 3;
  readonly rngs = null;
  readonly carryInit = null;
  call(carry: tf.Tensor, input: Input) {
    const next = tf.add(carry, input);
    return [next, next] as const;
  }
  initializeCarry(inputShape: readonly number[], _options?: CarryOptions) {
    return tf.zeros([...inputShape.slice(0, -1), this.hiddenFeatures]);
  }
}

class Head extends Module {
  readonly linear: Linear;
  constructor(options: Omit<LinearOptions, 'outFeatures'>) {
    super();
    this.linear = new Linear({ ...options, outFeatures: 1 });
  }
  call(x: tf.Tensor) {
    return this.linear.call(x);
  }
}

const ruleOf = (learningRate: number): GradientTransformation => adam({ learningRate });

it('runs a cell of its own, and knows from the options of an RNN what a call gives', () => {
  const cell = () => new GRUCell({ inFeatures: 3, hiddenFeatures: 2, rngs: new Rngs(0) });
  tf.tidy(() => {
    const x = tf.ones([2, 4, 3]);
    const outputs: tf.Tensor = new RNN({ cell: new Sum() }).call(x);
    expect(outputs.shape).toEqual([2, 4, 3]);
    expect([...tf.slice(outputs, [0, 3, 0], [1, 1, 3]).dataSync()]).toEqual([4, 4, 4]);
    const modules = { plain: new RNN({ cell: cell() }), carried: new RNN({ cell: cell(), returnCarry: true }) };
    const [carry, y] = modules.carried.call(x);
    expect([carry instanceof tf.Tensor && carry.shape, y.shape]).toEqual([
      [2, 2],
      [2, 4, 2],
    ]);
    expect(modules.carried.call(x, { returnCarry: false }).shape).toEqual([2, 4, 2]);
    expect(modules.plain.call(x, { returnCarry: true })[1].shape).toEqual([2, 4, 2]);
    const both = new Bidirectional({ forwardRnn: modules.plain, backwardRnn: modules.carried });
    expect(both.call(x).shape).toEqual([2, 4, 4]);
    dispose(both);
  });
});

it('trains with a metric beside the loss', () => {
  const before = tf.memory().numTensors;
  const model = new Head({ inFeatures: 2, rngs: new Rngs(0) });
  const optimizer = new Optimizer(model, ruleOf(0.1));
  const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const step = valueAndGrad(
    (model: Head, x: tf.Tensor) => {
      const y = model.call(x);
      return [tf.mean(tf.square(y)), { largest: tf.max(y) }];
    },
    { hasAux: true },
  );
  const losses: number[] = [];
  for (let i = 0; i < 5; i++) {
    const [[loss, { largest }], gradients] = step(model, x);
    optimizer.update(model, gradients);
    losses.push(loss.dataSync()[0] ?? NaN);
    expect(largest.shape).toEqual([]);
    gradients.dispose();
    tf.dispose([loss, largest]);
  }
  expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  dispose([model, x]);
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
