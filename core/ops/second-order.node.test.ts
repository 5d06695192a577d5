/** @file Gradients of gradients: every op against a finite difference of its gradient, along one direction for each input. */
import { describe, expect, it } from 'vitest';
import { grad } from '../nnx/grad.ts';
import { registry } from '../registry.gen.ts';
import { fillDefaults } from '../spec/args.ts';
import type { Example, OpDescriptor } from '../spec/define.ts';
import type { Args } from '../spec/params.ts';
import { gradients } from '../tensor/gradients.ts';
import { samplePoint } from '../tensor/testing/finite-difference.ts';
import { tf } from '../tensor/tf.ts';
import { tanh } from './tanh.ts';

/** TensorFlow.js has no gradients of the kernels that are their gradients, and says so. */
const REFUSED = ['avgPool', 'maxPool', 'minPool'];

const cases = Object.entries(registry).flatMap(([type, descriptor]) => {
  if (descriptor.kind !== 'op' || REFUSED.includes(type)) return [];
  const op = descriptor as OpDescriptor;
  return op.examples.filter((example) => isDifferentiable(op, example)).map((example, i) => [`${type} ${i}`, op, example] as const);
});

function isDifferentiable(op: OpDescriptor, { args = {}, inputs }: Example): boolean {
  const specs = Object.entries(inputs).map(([port, { shape, dtype = 'float32' as const }]) => [port, { shape, dtype }] as const);
  const outputs = Object.values(op.infer(Object.fromEntries(specs), fillDefaults(op.params, args as Args) as never));
  return specs.some(([, { dtype }]) => dtype === 'float32') && outputs.every(({ dtype }) => dtype === 'float32');
}

function inputOf({ shape, dtype = 'float32', below = 3, positive = false }: Example['inputs'][string], seed: number): tf.Tensor {
  const point = samplePoint(shape, seed);
  if (dtype === 'float32') return positive ? tf.add(tf.abs(point), 0.5) : point;
  const whole = tf.floor(tf.mul(tf.sub(tf.mul(point, 7), tf.floor(tf.mul(point, 7))), dtype === 'bool' ? 2 : below));
  return tf.cast(whole, dtype);
}

/** A sum with other weights everywhere, so that nothing cancels out. */
const weigh = (x: tf.Tensor, at: number) => tf.sum(tf.mul(x, tf.cos(tf.reshape(tf.range(at, at + x.size), x.shape))));
const add = (xs: readonly tf.Tensor[]) => xs.reduce((a, b) => tf.add(a, b));

describe('a gradient of a gradient agrees with finite differences:', () => {
  it.each(cases)('%s', (_name, op, { args = {}, inputs }) => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const all = Object.entries(inputs).map(([port, spec], i) => [port, inputOf(spec, i + 1)] as const);
      const floats = all.filter(([, { dtype }]) => dtype === 'float32');
      const run = (xs: readonly tf.Tensor[]) => {
        const given = Object.fromEntries([...all, ...floats.map(([port], i) => [port, xs[i]!] as const)]);
        const result = op.apply(given, fillDefaults(op.params, args as Args) as never);
        return add((result instanceof tf.Tensor ? [result] : Object.values(result)).map((y) => weigh(y, 1)));
      };
      const slope = (xs: readonly tf.Tensor[]) => add(gradients(() => run(xs), xs).map((gradient) => weigh(gradient, 5)));
      const xs = floats.map(([, x]) => x);
      const second = gradients(() => slope(xs), xs);
      for (const [i, x] of xs.entries()) {
        const direction = samplePoint(x.shape, 11 + i);
        const move = (step: number) => slope(xs.with(i, tf.add(x, tf.mul(direction, step)))).dataSync()[0]!;
        const expected = (move(5e-3) - move(-5e-3)) / 1e-2;
        const got = tf.sum(tf.mul(second[i]!, direction)).dataSync()[0]!;
        expect(Math.abs(got - expected)).toBeLessThan(1e-2 * Math.max(1, Math.abs(expected)));
      }
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('grad of grad gives the second derivative', () => {
  const x = tf.scalar(0.5);
  const first = grad((y: tf.Tensor) => tanh(y));
  const second = grad((y: tf.Tensor) => first(y) as tf.Tensor)(x) as tf.Tensor;
  const t = Math.tanh(0.5);
  expect(second.dataSync()[0]).toBeCloseTo(-2 * t * (1 - t * t), 5);
  tf.dispose([x, second]);
});
