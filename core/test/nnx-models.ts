/** @file Small Modules for the tests of the Module system, made without the layers, which stand above it. */
import { expect } from 'vitest';
import { Module } from '../nnx/module.ts';
import type { Path } from '../nnx/path.ts';
import type { RngStream, Rngs } from '../nnx/rngs.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { BatchStat, Intermediate, Param } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';

/** y = x · kernel + bias, with kernel and bias counting up from 1. */
export class Affine extends Module {
  static override readonly typeName: string = 'Linear';
  kernel: Param;
  bias: Param;
  constructor(
    readonly inFeatures = 2,
    readonly outFeatures = 2,
  ) {
    super();
    this.kernel = new Param(tf.tidy(() => tf.add(tf.reshape(tf.range(0, inFeatures * outFeatures), [inFeatures, outFeatures]), 1)));
    this.bias = new Param(tf.zeros([outFeatures]));
  }
  call(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => tf.add(tf.matMul(x as tf.Tensor2D, this.kernel.value as tf.Tensor2D), this.bias.value));
  }
}

/** Passes values on; has the mode, the stream and the setView of a Dropout. */
export class Drop extends Module {
  static override readonly typeName: string = 'Dropout';
  static readonly viewSpec = [{ name: 'deterministic', type: 'bool | None', default: null, doc: 'if True, disables dropout masking.' }];
  deterministic: boolean | null;
  rate = 0.5;
  rngs: RngStream | null;
  constructor(deterministic: boolean | null = false, rngs: Rngs | null = null) {
    super();
    this.deterministic = deterministic;
    this.rngs = rngs ? rngs.dropout.fork() : null;
  }
  call(x: tf.Tensor): tf.Tensor {
    if (!this.deterministic) this.rngs?.();
    return x;
  }
  setView({ deterministic }: { readonly deterministic?: boolean | null }): void {
    if (deterministic !== undefined && deterministic !== null) this.deterministic = deterministic;
  }
}

/** Subtracts the mean of the batch, or the stored one; half of the batch's goes into the stored one. */
export class Norm extends Module {
  static override readonly typeName: string = 'BatchNorm';
  static readonly viewSpec = [
    {
      name: 'useRunningAverage',
      type: 'bool | None',
      default: null,
      doc: 'if True, the stored batch statistics will be\nused instead of computing the batch statistics on the input.',
    },
  ];
  mean: BatchStat;
  scale: Param;
  useRunningAverage: boolean | null;
  constructor(features = 2, useRunningAverage: boolean | null = false) {
    super();
    this.mean = new BatchStat(tf.zeros([features]));
    this.scale = new Param(tf.ones([features]));
    this.useRunningAverage = useRunningAverage;
  }
  call(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      if (this.useRunningAverage) return tf.mul(tf.sub(x, this.mean.value), this.scale.value);
      const mean = tf.mean(x, 0);
      this.mean.value = tf.add(tf.mul(this.mean.value, 0.5), tf.mul(mean, 0.5));
      return tf.mul(tf.sub(x, mean), this.scale.value);
    });
  }
  setView({ useRunningAverage }: { readonly useRunningAverage?: boolean | null }): void {
    if (useRunningAverage !== undefined && useRunningAverage !== null) this.useRunningAverage = useRunningAverage;
  }
}

export class Sub extends Module {
  static override readonly typeName: string = 'SubModule';
  linear1 = new Affine();
  linear2 = new Affine();
}

/** The Block of the API page. */
export class Block extends Module {
  static override readonly typeName: string = 'Block';
  linear: Affine;
  submodule = new Sub();
  dropout: Drop;
  batchNorm: Norm;
  constructor(isEval = false) {
    super();
    this.linear = new Affine();
    this.dropout = new Drop(isEval);
    this.batchNorm = new Norm(2, isEval);
  }
  call(x: tf.Tensor): tf.Tensor {
    return this.dropout.call(this.batchNorm.call(this.linear.call(x)));
  }
}

/** A Module with any attributes: `new Bag({ a, b })`. */
export class Bag extends Module {
  static override readonly typeName: string = 'Bag';
  [name: string]: unknown;
  constructor(attributes: Readonly<Record<string, unknown>> = {}) {
    super();
    Object.assign(this, attributes);
  }
}

/** Two Modules that refer to each other: root.child.parent is root; `d` and `child.e` are plain children. */
export function makeCycle(): Bag {
  const child = new Bag({ e: new Bag() });
  const root = new Bag({ d: new Bag(), child });
  child['parent'] = root;
  return root;
}

/** The reference model of the page's perturbation workflow. */
export class SeedModel extends Module {
  static override readonly typeName: string = 'SeedModel';
  call(x: tf.Tensor): tf.Tensor {
    const x2 = this.perturb('gradOfX', x);
    this.sow(Intermediate, 'activations', x2);
    return tf.mul(3, x2);
  }
}

/** Paths as Python prints them, with type names. */
export function listed(pairs: Iterable<readonly [Path | string | number, unknown]>): string[] {
  return [...pairs].map(
    ([path, node]) => `${Array.isArray(path) ? path.map((part) => JSON.stringify(part)).join('.') : String(path)} ${typeNameOf(node)}`,
  );
}

/** The numbers of a tensor. */
export function numbers(value: tf.Tensor | { readonly value: unknown }): number[] {
  const tensor = value instanceof tf.Tensor ? value : (value.value as tf.Tensor);
  return Array.from(tensor.dataSync());
}

/** Runs `f` and checks that as many tensors are alive after it as before. */
export function leavesNothing(f: () => void): void {
  const before = tf.memory().numTensors;
  f();
  expect(tf.memory().numTensors - before).toBe(0);
}
