import { expect, it } from 'vitest';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import { withGraphMode } from '../nnx/graph-mode.ts';
import { Module } from '../nnx/module.ts';
import { state } from '../nnx/split.ts';
import { State } from '../nnx/state.ts';
import { BatchStat, Param, type Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { adam } from './adam.ts';
import { Optimizer } from './optimizer.ts';
import { sgd } from './sgd.ts';

class Scale extends Module {
  factor: Variable;
  mean = new BatchStat(tf.scalar(0));
  constructor(value: tf.Tensor) {
    super();
    this.factor = new Param(value);
  }
  call(x: tf.Tensor): tf.Tensor {
    return tf.mul(x, this.factor.value);
  }
}

const half = (model: Scale) => tf.mul(tf.sum(tf.square(model.factor.value)), 0.5);

it('walks downhill, changes only what wrt chooses, and leaves no tensor over after 50 steps', () => {
  const before = tf.memory().numTensors;
  const model = new Scale(tf.tensor1d([1, -2]));
  const optimizer = new Optimizer(model, sgd({ learningRate: 0.1 }));
  const held = tf.memory().numTensors + 1; // the count of steps
  for (let i = 0; i < 50; i += 1) {
    const [loss, grads] = valueAndGrad(half)(model);
    optimizer.update(model, grads);
    loss.dispose();
    grads.dispose();
  }
  expect(tf.memory().numTensors).toBe(held);
  expect(model.factor.value.dataSync()[0]).toBeCloseTo(0.9 ** 50, 6);
  expect(model.mean.value.dataSync()[0]).toBe(0);
  expect(optimizer.step.value.dataSync()[0]).toBe(50);
  optimizer.dispose();
  dispose(model);
  expect(tf.memory().numTensors).toBe(before);
});

it('updates a Variable that two Modules share once', () => {
  class Twice extends Module {
    left: Scale;
    right: Scale;
    constructor() {
      super();
      this.left = new Scale(tf.scalar(1));
      this.right = new Scale(tf.scalar(5));
      this.right.factor.dispose();
      this.right.factor = this.left.factor;
    }
  }
  const model = new Twice();
  const optimizer = new Optimizer(model, sgd({ learningRate: 1 }));
  const grads = new State<Param>({ left: { factor: new Param(tf.scalar(0.25)) } });
  optimizer.update(model, grads);
  expect(model.right.factor.value.dataSync()[0]).toBe(0.75);
  expect(() => new Optimizer(model, sgd({ learningRate: 1 }), { graph: false })).toThrow(/[Dd]uplicate/);
  expect(() => withGraphMode(false, () => new Optimizer(model, sgd({ learningRate: 1 })))).toThrow(/[Dd]uplicate/);
  dispose([model, grads]);
});

it('starts a schedule at step 0', () => {
  const rates: number[] = [];
  const model = new Scale(tf.scalar(1));
  const learningRate = (step: number) => {
    rates.push(step);
    return 0.1;
  };
  const optimizer = new Optimizer(model, adam({ learningRate }));
  const grads = new State<Param>({ factor: new Param(tf.scalar(1)) });
  optimizer.update(model, grads);
  optimizer.update(model, grads);
  expect(rates).toEqual([0, 1]);
  optimizer.dispose();
  dispose([model, grads]);
});

it('shows its state under the names that optax has', () => {
  const model = new Scale(tf.tensor1d([1, 2]));
  const optimizer = new Optimizer(model, adam({ learningRate: 0.1 }));
  const grads = new State<Param>({ factor: new Param(tf.tensor1d([1, -1])) });
  optimizer.update(model, grads);
  const numbers = state(optimizer)
    .flat()
    .map(([path, { value }]) => [path.join('.'), [...value.dataSync()].map((number) => number.toFixed(4))]);
  expect(numbers).toEqual([
    ['optState.0.count', ['1.0000']],
    ['optState.0.mu.factor', ['0.1000', '-0.1000']],
    ['optState.0.nu.factor', ['0.0010', '0.0010']],
    ['step', ['1.0000']],
  ]);
  optimizer.dispose();
  dispose([model, grads]);
});

it('names the parameter whose gradient is missing or has another shape', () => {
  const model = new Scale(tf.tensor1d([1, 2]));
  const optimizer = new Optimizer(model, sgd({ learningRate: 0.1 }));
  expect(() => optimizer.update(model, new State())).toThrow(
    "expected a gradient of shape [2] for 'factor', got none. Give grad and Optimizer the same filter wrt.",
  );
  const wrong = new State<Param>({ factor: new Param(tf.scalar(1)) });
  expect(() => optimizer.update(model, wrong)).toThrow("expected a gradient of shape [2] for 'factor', got []");
  expect(optimizer.step.value.dataSync()[0]).toBe(0);
  dispose([model, optimizer, wrong]);
});

it('refuses a model of another structure, and parameters that are not floats', () => {
  const model = new Scale(tf.scalar(1));
  const optimizer = new Optimizer(model, sgd({ learningRate: 0.1 }));
  const other = Object.assign(new Scale(tf.scalar(1)), { additional: new Param(tf.scalar(2)) });
  expect(() => optimizer.update(other, new State())).toThrow("made for 1 parameters and expected 'factor', got 'additional'");
  const integer = new Scale(tf.scalar(1, 'int32'));
  expect(() => new Optimizer(integer, sgd({ learningRate: 0.1 }))).toThrow("expected float32 parameters, got int32 at 'factor'");
  dispose([model, other, integer]);
});
