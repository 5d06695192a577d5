import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKernel, plainKernel } from './kernel.ts';

const SIZE = 64;
const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const request = fc.record({ k0: word, k1: word, high: word, low: word, count: fc.integer({ min: 0, max: SIZE }) });

/** The distance of two float32 in units of the last place. */
function ulps(a: number, b: number): number {
  const bits = new Int32Array(Float32Array.of(Math.abs(a), Math.abs(b)).buffer);
  return Math.sign(a) === Math.sign(b) ? Math.abs(bits[0]! - bits[1]!) : Infinity;
}

describe('the kernel in WebAssembly', () => {
  const compiled = compileKernel(SIZE)!;
  const plain = plainKernel(SIZE);

  it('is there, in Node and in the browser', () => expect(compiled).toBeDefined());

  it('makes the words that the rounds make one by one, under any key and counter', () => {
    fc.assert(
      fc.property(request, ({ k0, k1, high, low, count }) => {
        for (const kernel of [compiled, plain]) kernel.fillWords(k0, k1, high, low, count);
        expect(compiled.words.subarray(0, count)).toEqual(plain.words.subarray(0, count));
      }),
      { seed: 1 },
    );
  });

  it('makes of every word the normal number of JavaScript, within 3 units in the last place', () => {
    // Every 997th of the 2^23 numbers, and the 2000 at each end, where the tail of the distribution lies.
    const uniforms = Array.from({ length: 2 ** 23 / 997 }, (_, i) => 997 * i);
    for (let i = 0; i < 2000; i++) uniforms.push(i, 2 ** 23 - 1 - i);
    let worst = 0;
    for (let start = 0; start < uniforms.length; start += SIZE) {
      const words = Int32Array.from(uniforms.slice(start, start + SIZE), (uniform) => uniform << 9);
      for (const kernel of [compiled, plain]) {
        kernel.words.set(words);
        kernel.fillNormals(words.length);
      }
      for (let i = 0; i < words.length; i++) worst = Math.max(worst, ulps(compiled.normals[i]!, plain.normals[i]!));
    }
    expect(worst).toBeLessThanOrEqual(3);
  });

  it('is done without where WebAssembly may not be compiled', () => {
    const api = globalThis as unknown as { WebAssembly: { Module: unknown } };
    const { Module } = api.WebAssembly;
    api.WebAssembly.Module = () => {
      throw new Error('Refused by the content security policy.');
    };
    try {
      expect(compileKernel(SIZE)).toBeUndefined();
    } finally {
      api.WebAssembly.Module = Module;
    }
  });
});
