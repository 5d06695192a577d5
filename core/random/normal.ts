/** @file Normal numbers in bulk. Port of jax.random.normal, float32. */
import { sizeOf } from './bits.ts';
import { erfInvRatio } from './erf.ts';
import { CHUNK, fillBits } from './fill-bits.ts';
import type { Key } from './key.ts';

const { fround } = Math;
const SQRT2 = fround(Math.SQRT2);

/**
 * Standard normal numbers in row-major order of `shape`: `jax.random.normal(key, shape)`.
 * Equal to JAX on a CPU within 3 units in the last place.
 */
export function normal(key: Key, shape: readonly number[]): Float32Array {
  const out = new Float32Array(sizeOf(shape));
  const table = (normalTable ??= makeTable());
  for (let start = 0; start < out.length; start += CHUNK) {
    const count = Math.min(CHUNK, out.length - start);
    fillBits(words, key, start, count);
    fillUniforms(uniforms, complements, words, count);
    fillNormals(out, start, uniforms, complementBits, table, count);
  }
  return out;
}

// These loops are functions of their own, and take what they use as parameters: V8 reads module variables anew in each turn.

function fillUniforms(us: Float32Array, complements: Float32Array, words: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const u = (words[i]! >>> 9) * 2 ** -22 + (-1 + 2 ** -24);
    us[i] = u;
    complements[i] = 1 - fround(u * u);
  }
}

function fillNormals(
  out: Float32Array,
  start: number,
  us: Float32Array,
  complementBits: Int32Array,
  table: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const bits = complementBits[i]! - FIRST_BITS;
    const at = (bits >>> SEGMENT_BITS) << 2;
    const t = bits & (SEGMENT - 1);
    out[start + i] = us[i]! * (table[at]! + t * (table[at + 1]! + t * (table[at + 2]! + t * table[at + 3]!)));
  }
}

/*
 * √2·erfInv(u)/u as cubics in the float32 y = 1 - u², because a logarithm and nine roundings a number would cost six times what
 * the random bits do. It is steep near y = 0, so each stretch of the table holds the y with one exponent and one beginning of the
 * mantissa. y is a multiple of 2^-24 and at least 2^-23.
 */
const SEGMENT_BITS = 19;
const SEGMENT = 2 ** SEGMENT_BITS;
const FIRST_BITS = (127 - 23) << 23; // the bits of 2^-23
const LAST_BITS = 127 << 23; // the bits of 1
const words = new Int32Array(CHUNK);
const uniforms = new Float32Array(CHUNK);
const complements = new Float32Array(CHUNK);
const complementBits = new Int32Array(complements.buffer);
let normalTable: Float64Array | undefined;

function makeTable(): Float64Array {
  const table = new Float64Array(4 * ((LAST_BITS - FIRST_BITS) / SEGMENT + 1));
  const bits = new Int32Array(2);
  const ends = new Float32Array(bits.buffer);
  for (let from = FIRST_BITS; from <= LAST_BITS; from += SEGMENT) {
    bits.set([from, from + SEGMENT]);
    const [near, far] = ends as unknown as [number, number];
    const ratio = (part: number) => SQRT2 * erfInvRatio(near + part * (far - near));
    table.set(cubicThrough(ratio(0), ratio(1 / 3), ratio(2 / 3), ratio(1)), 4 * ((from - FIRST_BITS) / SEGMENT));
  }
  return table;
}

/** Coefficients, lowest power first, of the cubic in t with these values at 0, 1/3, 2/3 and the whole of a segment. */
function cubicThrough(a: number, b: number, c: number, d: number): number[] {
  const first = b - a;
  const second = c - 2 * b + a;
  const third = d - 3 * c + 3 * b - a;
  const step = 3 / SEGMENT;
  return [a, (first - second / 2 + third / 3) * step, (second / 2 - third / 2) * step ** 2, (third / 6) * step ** 3];
}
