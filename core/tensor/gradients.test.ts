import { describe, expect, it } from 'vitest';
import { customGradient } from './custom-gradient.ts';
import { gradients, valueAndGradients } from './gradients.ts';
import { countTensors, dispose, scope, tensorsIn } from './memory.ts';
import { expectAllClose } from './testing/all-close.ts';
import { tf } from './tf.ts';

/** Runs with the tensors of a scope, and checks that nothing stays behind. */
function balanced(test: () => void): void {
  const before = countTensors();
  tf.tidy(test);
  expect(countTensors()).toBe(before);
}

/** The first of `f` over each pair (x, 0). */
const pairs = (x: tf.Tensor, f: (rows: tf.Tensor) => tf.Tensor): tf.Tensor =>
  tf.slice(f(tf.stack([x, tf.zerosLike(x)], 1)), [0, 0], [x.size, 1]);

describe('valueAndGradients', () => {
  it('gives the value, the gradients, and zeros for what does not matter', () => {
    balanced(() => {
      const [x, y, unused] = [tf.tensor([1, 2]), tf.tensor([3, 4]), tf.tensor2d([[5, 6]])];
      const { value, grads, watchedGrads } = valueAndGradients(() => tf.sum(tf.mul(x, tf.square(y))), [x, y, unused]);
      expectAllClose(value, 41);
      expectAllClose(grads[0]!, [9, 16]);
      expectAllClose(grads[1]!, [6, 16]);
      expectAllClose(grads[2]!, [[0, 0]]);
      expect(watchedGrads).toEqual([]);
    });
  });

  it('sums the gradients of a watched tensor over all that is computed from it, and of nothing else', () => {
    balanced(() => {
      const x = tf.tensor([1, 2]);
      const { grads, watchedGrads } = valueAndGradients(
        ({ watch }) => {
          const h = tf.mul(x, 2);
          const w = watch(h);
          return tf.sum(tf.add(tf.add(tf.mul(w, 3), tf.square(w)), h));
        },
        [x],
      );
      // d/dw = 3 + 2w; h itself adds 1 on its way to x.
      expectAllClose(watchedGrads[0]!, [7, 11]);
      expectAllClose(grads[0]!, [16, 24]);
    });
  });

  it('watches without any xs, nested scopes and unused tensors included', () => {
    balanced(() => {
      const x = tf.tensor([1, 2]);
      const { grads, watchedGrads } = valueAndGradients(({ watch }) => {
        const inner = tf.tidy(() => tf.square(watch(tf.mul(x, 3))));
        watch(x);
        return tf.sum(inner);
      }, []);
      expect(grads).toEqual([]);
      expectAllClose(watchedGrads[0]!, [6, 12]);
      expectAllClose(watchedGrads[1]!, [0, 0]);
    });
  });

  it('watches the value itself, and the same tensor twice', () => {
    balanced(() => {
      const x = tf.scalar(5);
      const { value, grads, watchedGrads } = valueAndGradients(({ watch }) => watch(watch(x)), [x]);
      expectAllClose(value, 5);
      for (const grad of [...grads, ...watchedGrads]) expectAllClose(grad, 1);
      expect(new Set([...grads, ...watchedGrads]).size).toBe(3);
    });
  });

  it('keeps what the function asks to keep, and nothing more', () => {
    const before = countTensors();
    const x = tf.scalar(3);
    let h: tf.Tensor | undefined;
    const { value, grads } = valueAndGradients(
      ({ keep }) => {
        keep(x);
        h = tf.tidy(() => keep(tf.square(x)));
        return tf.mul(h, 2);
      },
      [x],
    );
    expectAllClose(h!, 9);
    expect(h!.kept).toBe(false);
    dispose(value, grads, h, x);
    expect(countTensors()).toBe(before);
  });

  it('hands what was kept to the scope around it', () => {
    balanced(() => {
      const x = tf.scalar(3);
      valueAndGradients(({ keep }) => tf.mul(keep(tf.square(x)), 2), [x]);
    });
  });

  it('leaves nothing behind when the function throws, and works again after', () => {
    const x = tf.tensor([1, 2]);
    const before = countTensors();
    const failing = ({ watch, keep }: { watch: (t: tf.Tensor) => tf.Tensor; keep: (t: tf.Tensor) => tf.Tensor }): tf.Tensor => {
      keep(tf.square(watch(tf.exp(x))));
      throw new Error('no value');
    };
    expect(() => valueAndGradients(failing, [x])).toThrow('no value');
    expect(() => valueAndGradients(failing, [])).toThrow('no value');
    expect(countTensors()).toBe(before);
    const [grad] = gradients(() => tf.sum(tf.square(x)), [x]);
    expectAllClose(grad!, [2, 4]);
    dispose(grad, x);
  });

  it('leaves nothing behind when the way back throws', () => {
    const x = tf.tensor([1, 2]);
    const before = countTensors();
    const failing = () =>
      customGradient(
        [x],
        (save) => {
          save([x]);
          return tf.square(x);
        },
        () => [
          () => {
            throw new Error('no way back');
          },
        ],
      );
    expect(() => valueAndGradients(failing, [x])).toThrow('no way back');
    expect(countTensors()).toBe(before);
    x.dispose();
  });

  it('gives a value of its own where the function returns what it did not make', () => {
    const x = tf.scalar(3);
    const { value, grads } = valueAndGradients(() => x, [x]);
    value.dispose();
    expect(x.isDisposed).toBe(false);
    expectAllClose(grads[0]!, 1);
    dispose(grads, x);
  });

  it.each([
    ['exp', (x: tf.Tensor) => tf.exp(x), (v: number) => Math.exp(v)],
    ['tanh', (x: tf.Tensor) => tf.tanh(x), (v: number) => -2 * Math.tanh(v) * (1 - Math.tanh(v) ** 2)],
    ['sigmoid', (x: tf.Tensor) => tf.sigmoid(x), (v: number) => -Math.tanh(v / 2) / (4 * Math.cosh(v / 2) ** 2)],
    ['softmax of a pair', (x: tf.Tensor) => pairs(x, tf.softmax), (v: number) => -Math.tanh(v / 2) / (4 * Math.cosh(v / 2) ** 2)],
    ['logSoftmax of a pair', (x: tf.Tensor) => pairs(x, tf.logSoftmax), (v: number) => -1 / (4 * Math.cosh(v / 2) ** 2)],
  ] as const)('differentiates %s twice, which saves its result', (_name, f, expected) => {
    balanced(() => {
      const x = tf.tensor([-1.5, 0.25, 2]);
      const [second] = gradients(() => gradients(() => f(x), [x])[0]!, [x]);
      expectAllClose(second!, [-1.5, 0.25, 2].map(expected), { rtol: 1e-4, atol: 1e-6 });
    });
  });

  it('differentiates twice through a gradient written by hand, also of what only lived inside', () => {
    balanced(() => {
      const cube = (x: tf.Tensor) =>
        customGradient(
          [x],
          (save, [given]) => {
            save([tf.square(given!)]);
            return tf.pow(given!, tf.scalar(3));
          },
          (dy, [squared]) => [() => tf.mul(dy, tf.mul(3, squared!))],
        );
      const x = tf.tensor([1, 2]);
      const [second] = gradients(() => gradients(() => cube(tf.mul(x, 2)), [x])[0]!, [x]);
      expectAllClose(second!, [48, 96]); // (8x³)''
    });
  });

  it('weights a result that is no scalar', () => {
    balanced(() => {
      const x = tf.tensor([1, 2, 3]);
      const [plain] = gradients(() => tf.square(x), [x]);
      const [weighted] = gradients(() => tf.square(x), [x], tf.tensor([1, 0, -1]));
      expectAllClose(plain!, [2, 4, 6]);
      expectAllClose(weighted!, [2, 0, -6]);
    });
  });

  it('differentiates twice', () => {
    balanced(() => {
      const x = tf.scalar(2);
      const [second] = gradients(() => gradients(() => tf.mul(tf.square(x), x), [x])[0]!, [x]);
      expectAllClose(second!, 12);
    });
  });
});

describe('customGradient', () => {
  it('computes only the gradients that are asked for', () => {
    balanced(() => {
      const [a, b] = [tf.scalar(2), tf.scalar(5)];
      const called: string[] = [];
      const product = () =>
        customGradient(
          [a, b],
          (save) => {
            save([a, b]);
            return tf.mul(a, b);
          },
          (dy, [a, b]) => [
            () => {
              called.push('a');
              return tf.mul(dy, b!);
            },
            () => {
              called.push('b');
              return tf.mul(dy, a!);
            },
          ],
        );
      expectAllClose(gradients(product, [b])[0]!, 2);
      expect(called).toEqual(['b']);
      expectAllClose(product(), 10);
    });
  });

  it('may return its input, which tf.customGrad multiplies the gradient by', () => {
    balanced(() => {
      const x = tf.scalar(3);
      const tap = (t: tf.Tensor) =>
        customGradient(
          [t],
          () => t,
          (dy) => [() => dy],
        );
      expectAllClose(gradients(() => tf.square(tap(tf.mul(x, 2))), [x])[0]!, 24);
    });
  });
});

describe('memory', () => {
  it('disposes all that a scope made but its result', () => {
    const before = countTensors();
    const { kept, text } = scope(() => ({ kept: [tf.square(tf.scalar(2))], text: 'any value' }));
    expect(countTensors()).toBe(before + 1);
    expect(text).toBe('any value');
    dispose({ kept }, kept, null);
    expect(countTensors()).toBe(before);
  });

  it('refuses to wait in a scope', () => {
    const before = countTensors();
    expect(() => scope(async () => tf.scalar(1))).toThrow('Await first');
    expect(countTensors()).toBe(before);
  });

  it('finds tensors in cycles, maps and arrays, each once', () => {
    const x = tf.scalar(1);
    const cyclic: { self?: unknown; list: unknown[] } = { list: [x, new Map([['key', x]]), new Float32Array(3)] };
    cyclic.self = cyclic;
    expect(tensorsIn(cyclic)).toEqual([x]);
    x.dispose();
  });
});
