import { expect, it } from 'vitest';
import recorded from '../fixtures/recorded/random.json' with { type: 'json' };
import * as initializers from './initializers.ts';
import {
  deltaOrthogonal,
  type FanDistribution,
  type FanMode,
  type Initializer,
  lecunNormal,
  orthogonal,
  varianceScaling,
} from './initializers.ts';
import { key, keyFromData } from './key.ts';

const camel = (name: string) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** The arguments that stand in a place; the others are axes, which come last. */
const PLACED: Readonly<Record<string, readonly string[]>> = {
  constant: ['value'],
  uniform: ['scale'],
  normal: ['stddev'],
  truncatedNormal: ['stddev', 'lower', 'upper'],
  varianceScaling: ['scale', 'mode', 'distribution'],
  orthogonal: ['scale', 'columnAxis'],
  deltaOrthogonal: ['scale', 'columnAxis'],
};

const byName: Readonly<Record<string, unknown>> = { ...initializers };

function initializer(name: string, given: Readonly<Record<string, unknown>> = {}): Initializer {
  const found = byName[name];
  // These two are initializers themselves.
  if (name === 'zeros' || name === 'ones') return found as Initializer;
  return (found as (...args: unknown[]) => Initializer)(...(PLACED[name] ?? []).map((argument) => given[argument]), given);
}

it.each(recorded.initializers)('$name($arguments) gives the values of JAX for the shape $shape', (entry) => {
  const given = Object.fromEntries(Object.entries(entry.arguments ?? {}).map(([name, value]) => [camel(name), value]));
  const actual = initializer(camel(entry.name), given)(keyFromData(entry.key), entry.shape);
  const { values, stride = 1 } = entry.result as { values: number[]; stride?: number };
  const taken = Array.from(actual).filter((_, i) => i % stride === 0);
  expect(taken.length).toBe(values.length);
  // Only the QR decomposition, which JAX does in float32, is farther off than 3 units in the last place.
  const tolerance = entry.name.includes('orthogonal') ? 2e-6 : 0;
  taken.forEach((value, i) => expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(4e-7 * Math.abs(values[i]!) + tolerance));
});

it('makes orthonormal columns to the precision of float32', () => {
  const n = 40;
  const q = orthogonal()(key(9), [n, n]);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let k = 0; k < n; k++) dot += q[k * n + i]! * q[k * n + j]!;
      expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(1e-6);
    }
  }
});

it('says what is wrong with a shape', () => {
  expect(() => lecunNormal()(key(0), [3])).toThrow('at least 2 axes');
  expect(() => deltaOrthogonal()(key(0), [3, 4, 2])).toThrow('4 inputs and 2 outputs');
  expect(() => deltaOrthogonal()(key(0), [3, 4])).toThrow('kernels of 3, 4 or 5 axes, got the shape [3, 4]');
  expect(() => orthogonal()(key(0), [3])).toThrow('at least 2 axes');
});

it('refuses modes, distributions and axes that do not exist, instead of filling a parameter with NaN', () => {
  expect(() => varianceScaling(1, 'fan' as FanMode, 'normal')).toThrow(
    'invalid mode for variance scaling initializer: fan. Take one of: fan_in',
  );
  expect(() => varianceScaling(1, 'fan_in', 'gauss' as FanDistribution)).toThrow(
    'invalid distribution for variance scaling initializer: gauss.',
  );
  for (const axes of [{ inAxis: 2 }, { outAxis: -3 }, { inAxis: [0, 7] }, { batchAxis: 5 }, { inAxis: 0.5 }])
    expect(() => lecunNormal(axes)(key(0), [2, 3])).toThrow(/^Expected an axis of the shape \[2, 3\], got /);
  for (const axis of [2, -3]) expect(() => orthogonal(1, axis)(key(0), [2, 3])).toThrow(`got ${axis}. It has 2 axes`);
});

it('makes nothing for a shape without elements, where JAX divides by 0', () => {
  for (const name of ['lecunNormal', 'glorotUniform', 'heNormal', 'orthogonal', 'zeros', 'normal'])
    for (const shape of [
      [0, 3],
      [3, 0],
      [2, 0, 3],
    ])
      expect(initializer(name)(key(0), shape).length, name).toBe(0);
});
