/** @file Random words and normal numbers in bulk, twice: in WebAssembly, and in plain JavaScript a tenth as fast. */
import { erfInv } from './erf.ts';
import { fillNormals } from './normal-wasm.ts';
import { threefry2x32 } from './threefry.ts';
import { fillWords } from './threefry-wasm.ts';
import { encodeModule } from './web-assembly.ts';

/** Makes numbers into arrays of its own, which the next call overwrites. */
export interface Kernel {
  readonly words: Int32Array;
  readonly normals: Float32Array;
  /** `words[i]`, for i below `count`, is the xor of the words of block (high, low + i) under the key (k0, k1), as in JAX. */
  fillWords(k0: number, k1: number, high: number, low: number, count: number): void;
  /** `normals[i]` is the normal number that JAX makes of `words[i]`, within 3 units in the last place. */
  fillNormals(count: number): void;
}

/** The part of WebAssembly that is used here: `core` is compiled without the types of a browser. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly fillWords: (k0: number, k1: number, high: number, low: number, bytes: number) => void;
  readonly fillNormals: (bytes: number) => void;
}

/**
 * The kernel in WebAssembly for up to `size` numbers, a multiple of 16. Undefined where the platform has no WebAssembly with
 * vectors, or where a content security policy forbids it.
 */
export function compileKernel(size: number): Kernel | undefined {
  const { WebAssembly } = globalThis as unknown as { WebAssembly?: WebAssemblyApi };
  if (!WebAssembly) return undefined;
  const normalsAt = 4 * size;
  try {
    const module = new WebAssembly.Module(encodeModule([fillWords(0), fillNormals(0, normalsAt)]));
    const kernel = new WebAssembly.Instance(module).exports as Exports;
    return {
      words: new Int32Array(kernel.memory.buffer, 0, size),
      normals: new Float32Array(kernel.memory.buffer, normalsAt, size),
      fillWords: (k0, k1, high, low, count) => kernel.fillWords(k0, k1, high, low, 4 * count),
      fillNormals: (count) => kernel.fillNormals(4 * count),
    };
  } catch {
    return undefined;
  }
}

const SQRT2 = Math.fround(Math.SQRT2);

/** The kernel in JavaScript. */
export function plainKernel(size: number): Kernel {
  const words = new Int32Array(size);
  const normals = new Float32Array(size);
  return {
    words,
    normals,
    fillWords(k0, k1, high, low, count) {
      for (let i = 0; i < count; i++) {
        const [x, y] = threefry2x32(k0, k1, high, low + i);
        words[i] = x ^ y;
      }
    },
    fillNormals(count) {
      // 23 bits of a word, half a step from -1 on: exact in float32.
      for (let i = 0; i < count; i++) normals[i] = SQRT2 * erfInv((words[i]! >>> 9) * 2 ** -22 + (-1 + 2 ** -24));
    },
  };
}
