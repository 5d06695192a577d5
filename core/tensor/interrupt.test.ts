import { expect, it } from 'vitest';
import { interruptible } from './interrupt.ts';
import { countTensors } from './memory.ts';
import { record } from './tape.ts';
import { tf } from './tf.ts';

/** Ops until somebody ends it. */
function forever(x: tf.Tensor): tf.Tensor {
  for (;;) x = tf.tanh(x);
}

it('a loop of ops is ended by what is thrown between two of them, also while it is recorded, and leaves no tensor behind', () => {
  const x = tf.ones([3, 4]);
  const before = countTensors();
  let asked = 0;
  const check = (): void => {
    asked += 1;
    if (asked % 2 === 0) throw new RangeError('enough');
  };
  expect(() => interruptible(check, () => tf.tidy(() => forever(x)))).toThrow('enough');
  expect(() => record(() => interruptible(check, () => forever(x)))).toThrow('enough');
  expect(asked).toBe(4);
  expect(countTensors()).toBe(before);
  expect(Object.hasOwn(tf.engine(), 'runKernelFunc')).toBe(false);
  x.dispose();
});

it('work within work asks both, and gives what it gives without', () => {
  const asked = { outer: 0, inner: 0 };
  const x = tf.tensor1d([1, 2]);
  const y = interruptible(
    () => asked.outer++,
    () =>
      interruptible(
        () => {
          if (++asked.inner === 3) throw new RangeError('enough');
        },
        () => {
          try {
            return tf.tidy(() => forever(x));
          } catch {
            return tf.square(x);
          }
        },
      ),
  );
  expect([...y.dataSync()]).toEqual([1, 4]);
  expect(asked.inner).toBe(3);
  expect(asked.outer).toBeGreaterThan(0);
  tf.dispose([x, y]);
});
