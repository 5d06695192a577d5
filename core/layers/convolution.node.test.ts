/** @file Shapes that are inferred against those that come out, over random windows. In Node alone: a shader for each shape takes too long. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispose } from '../nnx/dispose.ts';
import type { Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { registry } from '../registry.gen.ts';
import { validateArgs } from '../spec/args.ts';
import type { Descriptor, SpecsByPort } from '../spec/define.ts';
import type { Args } from '../spec/params.ts';
import { RejectionError } from '../spec/reject.ts';
import { tf } from '../tensor/tf.ts';

const NAMES = ['SAME', 'VALID', 'SAME_LOWER', 'CIRCULAR', 'REFLECT', 'CAUSAL'];

/** A window over one to three axes, and an input for it, sensible or not. */
const windows = fc.integer({ min: 1, max: 3 }).chain((axes) => {
  const sizes = (max: number, min = 1) => fc.array(fc.integer({ min, max }), { minLength: axes, maxLength: axes });
  const sides = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { minLength: axes, maxLength: axes });
  const perAxis = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 3 }), sizes(3));
  return fc.record({
    batch: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 }),
    space: sizes(axes === 3 ? 4 : 6),
    kernelSize: sizes(3),
    strides: perAxis,
    padding: fc.oneof(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 2 }), sides),
    inputDilation: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: perAxis }),
    kernelDilation: perAxis,
  });
});

function shapeOf(descriptor: Descriptor, args: Args, shape: number[]): readonly unknown[] {
  const x = tf.ones(shape);
  let module: Module | null = null;
  try {
    return tf.tidy(() => {
      if (descriptor.kind === 'op') return (descriptor.apply({ x }, args as never) as tf.Tensor).shape;
      module = descriptor.make(args as never, { rngs: new Rngs(0) }) as Module;
      return (module as unknown as { call(x: tf.Tensor): tf.Tensor }).call(x).shape;
    });
  } finally {
    dispose([module, x]);
  }
}

describe.each(['Conv', 'ConvTranspose', 'maxPool', 'avgPool'] as const)('%s', (type) => {
  it('comes out in the shape that is inferred; what a design refuses is refused by the call, or empty', () => {
    const descriptor = registry[type] as Descriptor;
    const before = tf.memory().numTensors;
    fc.assert(
      fc.property(windows, ({ batch, space, ...given }) => {
        const shape = [...batch, ...space, 2];
        const named = Object.entries({ ...given, window: given.kernelSize, inFeatures: 2, outFeatures: 1, kernelInit: 'zeros' });
        const own = Object.fromEntries(named.filter(([name]) => name in descriptor.params)) as Args;
        const x = { shape, dtype: 'float32' } as const;
        const { args, problems } = validateArgs(descriptor.params, own, { x });
        if (problems.length > 0) {
          // Names that pooling does not know.
          expect(problems.map(({ param }) => param)).toEqual(['padding']);
          return;
        }
        const inferred = inferOrNull(descriptor, args, { x });
        if (inferred) expect(shapeOf(descriptor, args, shape)).toEqual(inferred);
        else expect(isEmptyOrRefused(() => shapeOf(descriptor, args, shape))).toBe(true);
      }),
      { numRuns: 150, seed: 3 },
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

function inferOrNull(descriptor: Descriptor, args: Args, inputs: SpecsByPort): readonly unknown[] | null {
  try {
    return descriptor.infer(inputs, args as never)['y']!.shape;
  } catch (error) {
    if (error instanceof RejectionError) return null;
    throw error;
  }
}

function isEmptyOrRefused(shape: () => readonly unknown[]): boolean {
  try {
    return shape().includes(0);
  } catch {
    return true;
  }
}
