import { describe, expect, it } from 'vitest';
import recorded from '../fixtures/recorded/random.json' with { type: 'json' };
import { bernoulli } from './bernoulli.ts';
import { randomBits } from './bits.ts';
import { erf, erfInv } from './erf.ts';
import { foldIn, key, keyFromData, split } from './key.ts';
import { normal } from './normal.ts';
import { permutation } from './permutation.ts';
import { randint } from './randint.ts';
import { truncatedNormal } from './truncated-normal.ts';
import { uniform } from './uniform.ts';

interface Recording {
  readonly values: readonly (number | null)[];
  readonly length?: number;
  readonly stride?: number;
  readonly last?: number | null;
}

/** The recorded part of a result: all of it, or every n-th number and the last. */
function sample(actual: ArrayLike<number>, recording: Recording): { actual: number[]; expected: (number | null)[] } {
  const all = Array.from(actual);
  if (recording.stride === undefined) return { actual: all, expected: [...recording.values] };
  expect(all.length).toBe(recording.length);
  const stride = recording.stride;
  return { actual: [...all.filter((_, i) => i % stride === 0), all.at(-1)!], expected: [...recording.values, recording.last!] };
}

function expectExactly(actual: ArrayLike<number>, recording: Recording): void {
  const pair = sample(actual, recording);
  const float = actual instanceof Float32Array;
  expect(pair.actual).toEqual(pair.expected.map((value) => (float ? Math.fround(value!) : value)));
}

/** Within 3 units in the last place of float32, and so within 3e-7 of the number. */
function expectClosely(actual: ArrayLike<number>, recording: Recording): void {
  const pair = sample(actual, recording);
  expect(pair.actual.length).toBe(pair.expected.length);
  pair.actual.forEach((value, i) => {
    const expected = pair.expected[i]!;
    expect(Math.abs(value - expected), `number ${i}: ${value} instead of ${expected}`).toBeLessThanOrEqual(3e-7 * Math.abs(expected));
  });
}

describe('keys', () => {
  it.each(recorded.keys)('$call gives the words of JAX: $seed$n$with', (entry) => {
    if (entry.call === 'key') expect(key(entry.seed!).data).toEqual(entry.data);
    else if (entry.call === 'split') expect(split(keyFromData(entry.key!), entry.n).map((part) => part.data)).toEqual(entry.data);
    else expect(foldIn(keyFromData(entry.key!), entry.with!).data).toEqual(entry.data);
  });

  it('cannot be changed', () => {
    const fixed = key(1) as { data: unknown };
    expect(() => {
      fixed.data = [0, 0];
    }).toThrow(TypeError);
    expect(Object.isFrozen(fixed.data)).toBe(true);
  });

  it('draws one number where no shape is given, and refuses a shape that is no list', () => {
    for (const draw of [randomBits, uniform, normal]) {
      expect(draw(key(0))).toEqual(draw(key(0), [1]));
      expect(() => draw(key(0), 3 as never)).toThrow('A shape is an array of whole numbers, got 3. For one axis write [n].');
    }
  });

  it('refuses seeds and numbers that JAX refuses', () => {
    expect(() => key(1.5)).toThrow('A seed must be an integer, got 1.5');
    expect(() => foldIn(key(0), -1)).toThrow('[0, 2^32)');
    expect(() => foldIn(key(0), 2 ** 32)).toThrow('[0, 2^32)');
    expect(() => foldIn([key(0)] as never, 0)).toThrow('fold_in accepts a single key');
    expect(() => split(key(0), -1)).toThrow('whole number');
  });
});

describe('numbers', () => {
  it.each(recorded.draws.map((entry, index) => ({ index, ...entry })))('$call equals JAX, recording $index', (entry) => {
    const from = keyFromData(entry.key);
    const shape = entry.shape ?? [];
    switch (entry.call) {
      case 'bits':
        return expectExactly(randomBits(from, shape), entry.result);
      case 'uniform':
        return expectExactly(uniform(from, shape, entry.max == null ? {} : { min: entry.min!, max: entry.max }), entry.result);
      case 'bernoulli':
        return expectExactly(bernoulli(from, entry.p!, shape), entry.result);
      case 'randint':
        return expectExactly(randint(from, shape, entry.min!, entry.max!), entry.result);
      case 'permutation':
        return expectExactly(permutation(from, entry.n!), entry.result);
      case 'normal':
        return expectClosely(normal(from, shape), entry.result);
      case 'truncatedNormal':
        return expectClosely(truncatedNormal(from, entry.lower ?? -Infinity, entry.upper!, shape), entry.result);
      default:
        throw new Error(`No such call: ${entry.call}`);
    }
  });

  it('gives the first numbers of a longer draw for a shorter one', () => {
    expect(normal(key(3), [1500]).subarray(0, 10)).toEqual(normal(key(3), [2, 5]));
  });

  it('stays strictly inside the bounds of a truncated normal', () => {
    const values = truncatedNormal(key(5), -0.001, 0.001, [10_000]);
    expect(Math.max(...values)).toBeLessThan(0.001);
    expect(Math.min(...values)).toBeGreaterThan(-0.001);
  });

  it('refuses shapes that are none', () => {
    expect(() => normal(key(0), [2, -1])).toThrow('A shape holds whole numbers of at least 0, got [2, -1].');
    expect(() => randint(key(0), [1], 0, 2 ** 31)).toThrow('[-2^31, 2^31)');
  });
});

describe('the error function', () => {
  it('equals that of XLA', () => {
    expectExactly(
      Float32Array.from(recorded.special.erf.x.values, (x) => erf(Math.fround(x))),
      recorded.special.erf.y,
    );
  });

  it('has an inverse within 3 units in the last place, infinite at 1 and -1', () => {
    const { x, y } = recorded.special.erfInv;
    const actual = x.values.map((value) => erfInv(Math.fround(value)));
    actual.forEach((value, i) => {
      const expected = y.values[i];
      if (expected == null) expect(value).toBe(x.values[i]! * Infinity);
      else expect(Math.abs(value - expected)).toBeLessThanOrEqual(3e-7 * Math.abs(expected));
    });
  });
});
