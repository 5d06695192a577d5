import { describe, expect, it } from 'vitest';
import { clone } from '../nnx/split.ts';
import { dispose } from '../nnx/dispose.ts';
import { Rngs } from '../nnx/rngs.ts';
import { tf } from '../tensor/tf.ts';
import { Linear } from './linear.ts';

const LARGE = { inFeatures: 128, outFeatures: 128 };

describe('a large parameter', () => {
  it('costs no tensor until it is read, and tells its shape and type without', () => {
    const before = tf.memory().numTensors;
    const linear = new Linear({ ...LARGE, rngs: new Rngs(0) });
    expect([linear.kernel.shape, linear.kernel.dtype, linear.kernel.toString()]).toEqual([
      [128, 128],
      'float32',
      'Param float32[128, 128]',
    ]);
    expect(tf.memory().numTensors).toBe(before + 1); // the bias
    dispose(linear);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has the numbers that it would have had at once, whatever is drawn or read before it', () => {
    const rngs = new Rngs(7);
    const [first, second] = [new Linear({ ...LARGE, rngs }), new Linear({ ...LARGE, rngs })];
    const late = second.kernel.value.dataSync().slice();
    const again = new Rngs(7);
    const [one, two] = [new Linear({ ...LARGE, rngs: again }), new Linear({ ...LARGE, rngs: again })];
    expect(one.kernel.value.dataSync()).toEqual(first.kernel.value.dataSync());
    expect(two.kernel.value.dataSync()).toEqual(late);
    expect(late).not.toEqual(first.kernel.value.dataSync());
    for (const each of [first, second, one, two]) dispose(each);
  });

  it('is drawn once for a model and its clone', () => {
    const before = tf.memory().numTensors;
    const linear = new Linear({ ...LARGE, rngs: new Rngs(0) });
    const twin = clone(linear);
    expect(twin.kernel.value.dataId).toBe(linear.kernel.value.dataId);
    dispose([linear, twin]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('survives the tidy in which it is first read', () => {
    const linear = new Linear({ ...LARGE, rngs: new Rngs(0) });
    tf.tidy(() => void linear.kernel.value);
    expect(linear.kernel.value.isDisposed).toBe(false);
    dispose(linear);
  });
});
