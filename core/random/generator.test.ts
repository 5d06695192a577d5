import { describe, expect, it } from 'vitest';
import { bernoulli } from './bernoulli.ts';
import { randomBits } from './bits.ts';
import { erf, erfInv } from './erf.ts';
import { key, split } from './key.ts';
import { normal } from './normal.ts';
import { orthogonal } from './orthogonal.ts';
import { threefry2x32 } from './threefry.ts';
import { truncatedNormal } from './truncated-normal.ts';
import { uniform } from './uniform.ts';

describe('the generator', () => {
  it('RNX-001 a seed is kept modulo 2^32', () =>
    expect([key(2 ** 32 + 5).data, key(-1).data]).toEqual([
      [0, 5],
      [0, 2 ** 32 - 1],
    ]));

  // Known answers of Threefry-2x32 with 20 rounds, from the Random123 distribution.
  it('RNX-002 the block function has its published known answers', () => {
    expect([...threefry2x32(0, 0, 0, 0)]).toEqual([0x6b200159, 0x99ba4efe]);
    expect([...threefry2x32(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff)]).toEqual([0x1cb996fc, 0xbb002be7]);
    expect([...threefry2x32(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3)]).toEqual([0xc4923a9c, 0x483df7a0]);
  });

  it('RNX-004 split gives the blocks of the positions', () => {
    expect(split(key(0), 3).map((made) => made.data)).toEqual([0, 1, 2].map((i) => [...threefry2x32(0, 0, 0, i)]));
  });

  it('RNX-005 a word of bits is the xor of its block', () => {
    expect([...randomBits(key(7), [3])]).toEqual([0, 1, 2].map((i) => threefry2x32(0, 7, 0, i).reduce((a, b) => (a ^ b) >>> 0)));
  });

  it('RNX-006 RNX-011 uniform numbers are JAX’s', () => {
    const expected = [0.48870957, 0.67979717, 0.6162715, 0.5610161];
    [...uniform(key(42), [4])].forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 7));
    expect(Math.min(...uniform(key(1), [100], { min: 2, max: 3 }))).toBeGreaterThanOrEqual(2);
  });

  it('RNX-007 bernoulli is uniform below p, half unless given, and draws one number without a shape', () => {
    expect([...bernoulli(key(3))]).toEqual([...bernoulli(key(3), 0.5, [])]);
    expect(truncatedNormal(key(3), -1, 1)).toEqual(truncatedNormal(key(3), -1, 1, []));
    expect([...bernoulli(key(3), 0.3, [50])]).toEqual([...uniform(key(3), [50])].map((u) => (u < Math.fround(0.3) ? 1 : 0)));
  });

  const LEAST = -1 + 2 ** -24; // the float32 after -1

  it('RNX-008 normal numbers are √2 · erfinv of uniform ones above -1', () => {
    const values = normal(key(9), [3000]);
    uniform(key(9), [3000], { min: LEAST, max: 1 }).forEach((u, i) => {
      expect(Math.abs(values[i]! - Math.SQRT2 * erfInv(u))).toBeLessThan(3e-7 * Math.abs(values[i]!) + 1e-12);
    });
  });

  it('RNX-009 truncated normal numbers are those of uniform ones between the erf of the bounds, strictly inside', () => {
    const [lower, upper] = [-0.5, 1.25].map(Math.fround) as [number, number];
    const bound = (x: number) => erf(Math.fround(x * Math.fround(Math.SQRT1_2)));
    const values = truncatedNormal(key(9), lower, upper, [3000]);
    uniform(key(9), [3000], { min: bound(lower), max: bound(upper) }).forEach((u, i) => {
      expect(Math.abs(values[i]! - Math.SQRT2 * erfInv(u))).toBeLessThan(3e-7 * Math.abs(values[i]!) + 1e-12);
    });
    const narrow = truncatedNormal(key(0), 1, 1.000001, [100]);
    expect([Math.min(...narrow) > 1, Math.max(...truncatedNormal(key(0), -2, 2, [1000]).map(Math.abs)) < 2]).toEqual([true, true]);
  });

  it.each([
    [5, 3],
    [3, 5],
    [4, 4],
  ])('RNX-010 an orthogonal matrix of %i rows and %i columns is the Q of a normal one whose R has a positive diagonal', (rows, columns) => {
    const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
    const q = orthogonal()(key(4), [rows, columns]);
    const a = normal(key(4), [long, short]);
    // Transposed where there are fewer rows than columns.
    const at = (i: number, j: number) => (rows >= columns ? q[i * columns + j]! : q[j * columns + i]!);
    const sum = (term: (k: number) => number) => Array.from({ length: long }, (_, k) => term(k)).reduce((x, y) => x + y);
    for (let i = 0; i < short; i++)
      for (let j = 0; j < short; j++) {
        expect(sum((k) => at(k, i) * at(k, j))).toBeCloseTo(i === j ? 1 : 0, 5);
        const r = sum((k) => at(k, i) * a[k * short + j]!);
        if (i === j) expect(r).toBeGreaterThan(0);
        else if (i > j) expect(r).toBeCloseTo(0, 5);
      }
  });
});
