import { expect, it } from 'vitest';
import { reloadBudget } from './crash-budget.ts';

it('reloads a crashing page three times and again after a healthy minute', () => {
  let now = 0;
  const mayReload = reloadBudget(() => now);
  expect([mayReload(), mayReload(), mayReload(), mayReload()]).toEqual([true, true, true, false]);
  now = 61_000;
  expect(mayReload()).toBe(true);
});
