import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countTensors } from './memory.ts';
import { record } from './tape.ts';
import { tf } from './tf.ts';

/** A network of ops over earlier values: each takes two of them. */
interface Wiring {
  readonly ops: readonly { readonly op: number; readonly a: number; readonly b: number }[];
}

const OPS: readonly ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[] = [
  tf.add,
  (a, b) => tf.mul(a, b),
  (a) => tf.sin(a),
  (a) => tf.clone(a),
  (a, b) => tf.slice(tf.concat([a, b], 1), [0, 1], [2, 3]),
  (a, b) => tf.broadcastTo(tf.addN([tf.unstack(a)[0]!, tf.unstack(b)[1]!, tf.ones([3])]), [2, 3]),
  // Hands its gradient on as it is, and gives one that somebody else holds.
  (a) => tf.customGrad((x) => ({ value: tf.add(x as tf.Tensor, 1), gradFunc: (dy: tf.Tensor) => dy }))(a),
  (a) => tf.customGrad((x) => ({ value: tf.abs(x as tf.Tensor), gradFunc: () => held }))(a),
];
let held: tf.Tensor;
let inputs: tf.Tensor[] = [];

const wiring: fc.Arbitrary<Wiring> = fc.record({
  ops: fc.array(fc.record({ op: fc.nat(OPS.length - 1), a: fc.nat(30), b: fc.nat(30) }), { minLength: 1, maxLength: 14 }),
});

const valueOf = ({ ops }: Wiring) => {
  const values = [...inputs];
  for (const { op, a, b } of ops) values.push(OPS[op]!(values[a % values.length]!, values[b % values.length]!));
  return tf.sum(values.at(-1)!);
};

const numbersOf = (tensors: readonly (tf.Tensor | null)[]) => tensors.map((tensor) => tensor && [...tensor.dataSync()]);

/** The numbers of what `f` gives; nothing of it is left. */
function numbersIn(f: () => readonly (tf.Tensor | null)[]): ReturnType<typeof numbersOf> {
  let numbers: ReturnType<typeof numbersOf> = [];
  tf.tidy(() => {
    numbers = numbersOf(f());
  });
  return numbers;
}

/** As the library walks. */
const published = (wired: Wiring) =>
  numbersIn(() => {
    const { grads } = tf.engine().gradients(() => valueOf(wired), [...inputs], null as never, true) as { grads: (tf.Tensor | undefined)[] };
    return grads.map((gradient) => gradient ?? null);
  });

beforeEach(() => {
  held = tf.tensor2d([1, -2, 3, 0.5, 0, 2], [2, 3]);
  inputs = [
    [1, 2, 3, 4, 5, 6],
    [0.1, -0.2, 0.3, 0.4, -0.5, 0.6],
    [1, 0, -1, 0, 1, 0],
  ].map((numbers) => tf.tensor2d(numbers, [2, 3]));
});
afterEach(() => tf.dispose([held, ...inputs]));

describe('the way back along a recording', () => {
  it('gives the bits that the library gives, in one go and in slices, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(wiring, async (wired) => {
        // The library frees what is handed on while it is needed.
        const wanted = wired.ops.some(({ op }) => op >= 6) ? undefined : published(wired);
        const before = countTensors();
        const once = numbersIn(() => record(() => valueOf(wired)).gradients(inputs));
        expect(countTensors()).toBe(before);
        const recording = record(() => valueOf(wired));
        const gradients = await recording.gradientsInSlices(inputs, async () => {});
        expect(numbersOf(gradients)).toEqual(once);
        if (wanted) expect(once).toEqual(wanted);
        tf.dispose([recording.value, ...gradients.filter((gradient) => gradient !== null)]);
        expect(countTensors()).toBe(before);
        expect(held.isDisposed).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('reads its inputs when it is walked: those made on the way count', () => {
    tf.tidy(() => {
      const made: tf.Tensor[] = [];
      const recording = record(() => {
        made.push(tf.mul(inputs[0]!, 2));
        return tf.sum(tf.square(made[0]!));
      });
      expect(numbersOf(recording.gradients([...made, inputs[1]!]))).toEqual([[4, 8, 12, 16, 20, 24], null]);
    });
  });

  it('is recorded itself where a recording goes on around it: second derivatives', () => {
    tf.tidy(() => {
      const outer = record(() => {
        const inner = record(() => tf.sum(tf.pow(inputs[0]!, 3)));
        return tf.sum(inner.gradients([inputs[0]!])[0]!);
      });
      const [second] = numbersOf(outer.gradients([inputs[0]!]));
      expect(second).toEqual([6, 12, 18, 24, 30, 36].map((wanted) => expect.closeTo(wanted, 3)));
    });
  });

  it('lets others compute and record between two slices, and ends with what is thrown there', async () => {
    const before = countTensors();
    const deep = () => {
      let x = inputs[0]!;
      for (let i = 0; i < 3000; i++) x = tf.sin(x);
      return tf.sum(x);
    };
    const shares: number[] = [];
    const recording = record(deep);
    const gradients = await recording.gradientsInSlices(inputs, async (share) => {
      shares.push(share);
      numbersIn(() => record(() => tf.sum(tf.square(inputs[1]!))).gradients([inputs[1]!]));
    });
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const once = numbersIn(() => record(deep).gradients(inputs));
    expect(numbersOf(gradients)).toEqual(once);
    tf.dispose([recording.value, gradients[0]!]);
    expect(countTensors()).toBe(before);

    const stopped = record(deep);
    await expect(
      stopped.gradientsInSlices(inputs, async () => {
        throw new Error('Stop.');
      }),
    ).rejects.toThrow('Stop.');
    stopped.value.dispose();
    expect(countTensors()).toBe(before);
  });

  it('leaves nothing behind where the function throws, or an op has no gradient', () => {
    const before = countTensors();
    const thrown = () =>
      record(() => {
        tf.sin(inputs[0]!);
        throw new Error('No.');
      });
    expect(() => numbersIn(() => [thrown().value])).toThrow('No.');
    const counted = () =>
      tf.sum(tf.bincount(tf.tensor1d([0, 1, 0, 2, 1, 0], 'int32'), tf.reshape(tf.sin(inputs[0]!), [6]) as tf.Tensor1D, 3));
    expect(() => numbersIn(() => record(counted).gradients(inputs))).toThrow('gradient function not found for Bincount');
    expect(countTensors()).toBe(before);
    expect(tf.engine().state.gradientDepth).toBe(0);
  });
});
