import { afterEach, describe, expect, it } from 'vitest';
import { tf } from './tf.ts';
import { findTexturesAtOnce, releaseTextures, textureBytes, watchTextureMemory } from './texture-memory.ts';

const MIB = 2 ** 20;
const isWebgl = (): boolean => tf.getBackend() === 'webgl';

interface Manager {
  getNumUsedTextures(): number;
  acquireTexture(shape: [number, number], usage: number, isPacked: boolean): object;
  releaseTexture(texture: object, shape: [number, number], usage: number, isPacked: boolean): void;
}

interface Gl {
  createTexture(): object | null;
  getError(): number;
}

/** The context of the WebGL backend. */
function gl(): Gl | undefined {
  return (tf.backend() as unknown as { readonly gpgpu?: { readonly gl: Gl } }).gpgpu?.gl;
}

/** How many textures the card was asked for while `f` ran. */
function texturesMade(f: () => void): number {
  const context = gl();
  if (!context) {
    f();
    return 0;
  }
  let made = 0;
  context.createTexture = function (this: Gl) {
    made++;
    return Object.getPrototypeOf(this).createTexture.call(this) as object | null;
  };
  f();
  delete (context as { createTexture?: unknown }).createTexture;
  return made;
}

/** As a training step: many large tensors that live until its end. 320 MiB on WebGL; on the CPU there is nothing to see. */
function step(): void {
  const side = isWebgl() ? 2048 : 8;
  tf.tidy(() => {
    let x: tf.Tensor = tf.ones([side, side]);
    for (let i = 0; i < 20; i++) x = tf.relu(x);
  });
}

afterEach(() => releaseTextures(0));

describe('textures', () => {
  it('are made in the first step alone, however much a step needs', () => {
    step();
    expect(texturesMade(step)).toBe(0);
    expect(texturesMade(step)).toBe(0);
    if (isWebgl()) expect(textureBytes().free).toBeGreaterThan(300 * MIB);
  });

  it('go back when the work has ended, but for a few; those in use stay', () => {
    const kept = tf.relu(tf.tensor2d([1, 2, -3, 4], [2, 2]));
    step();
    releaseTextures();
    expect(textureBytes().free).toBe(0);
    expect(kept.dataSync()).toEqual(Float32Array.of(1, 2, 0, 4));
    kept.dispose();
    // What a small model leaves may stay.
    tf.relu(tf.ones([64, 64])).dispose();
    const { free } = textureBytes();
    releaseTextures();
    expect(textureBytes().free).toBe(free);
  });

  it('say that the card is full, and nothing that was free is held any longer', () => {
    const full = (): never => {
      throw new Error('The card has no memory left.');
    };
    watchTextureMemory(full);
    const context = gl();
    if (!context) return expect(step).not.toThrow();
    let answers = [0x0505];
    context.getError = () => answers.shift() ?? 0;
    try {
      expect(step).toThrow('no memory left');
      expect(textureBytes().free).toBe(0);
      answers = [];
      expect(step).not.toThrow();
      // From now on no more is kept than there was room for.
      expect(textureBytes().allocated).toBeLessThan(128 * MIB);
    } finally {
      delete (context as { getError?: unknown }).getError;
      tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', -1);
    }
  });

  it('are found at once when they are given back, in any order, and counted as before', () => {
    findTexturesAtOnce();
    findTexturesAtOnce();
    const manager = (tf.backend() as unknown as { readonly textureManager?: Manager }).textureManager;
    const used = () => manager?.getNumUsedTextures() ?? 0;
    const before = used();
    const tensors = Array.from({ length: 50 }, (_, i) => tf.tidy(() => tf.selu(tf.mul(tf.ones([4, 4]), i))));
    if (manager) expect(used()).toBe(before + 50);
    for (const i of [3, 49, 0, 25]) tensors[i]!.dispose();
    if (manager) expect(used()).toBe(before + 46);
    expect(tensors[7]!.dataSync()[0]).toBeCloseTo(7 * 1.05070098, 4);
    tf.dispose(tensors);
    expect(used()).toBe(before);
    if (!manager) return;
    const texture = manager.acquireTexture([3, 5], 0, false);
    manager.releaseTexture(texture, [3, 5], 0, false);
    expect(() => manager.releaseTexture(texture, [3, 5], 0, false)).toThrow('never provided');
  });
});
