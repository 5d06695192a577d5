import { expect, it } from 'vitest';
import type { Difference, RunResult, Statistics } from '../../../core/run/index.ts';
import { compareRows } from './compare-rows.ts';

const of = (norm: number) => ({ norm, count: 1 }) as Statistics;

function run(sizes: Readonly<Record<string, readonly [value: number, gradient: number]>>): RunResult {
  const wires = Object.entries(sizes).map(([node, [value, gradient]]) => ({
    instance: [],
    node,
    port: 'out',
    call: 0,
    valueKey: node,
    value: of(value),
    gradientKey: `${node} gradient`,
    gradient: of(gradient),
  }));
  return { wires, insides: [], variables: [] } as unknown as RunResult;
}

const now = run({ same: [1, 1], grown: [2, 1], broken: [NaN, 1], added: [1, 1], shrunk: [1, 0.1] });
const before = run({ same: [1, 1], grown: [1, 1], broken: [1, 1], removed: [1, 1], shrunk: [2.2, 1] });
const order = (by: 'value' | 'gradient', differences: readonly Difference[] | null = null) =>
  compareRows(now, before, differences && new Map(differences.map((each) => [each.key, each])), by).map(({ key }) => key);

it('has what one run alone has first, then what is not a number, then the largest change', () => {
  expect(order('value')).toEqual(['removed', 'added', 'broken', 'shrunk', 'grown', 'same']);
  expect(order('gradient').slice(0, 3)).toEqual(['removed', 'added', 'shrunk']);
});

it('goes by the numbers themselves where they are known: as large as before may still be another', () => {
  const differences = [
    { key: 'same', relative: 1.4, largest: 1 },
    { key: 'grown', relative: 1, largest: 1 },
    { key: 'shrunk', relative: 0.5, largest: 1 },
  ];
  expect(order('value', differences)).toEqual(['removed', 'added', 'broken', 'same', 'grown', 'shrunk']);
  const row = compareRows(now, before, new Map(differences.map((each) => [each.key, each])), 'value').find(({ key }) => key === 'grown');
  expect(row).toMatchObject({ valueRatio: 1, valueChange: 1, gradientRatio: 0, gradientChange: null, only: null });
});
