import { expect, it } from 'vitest';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { followedOf, MOST_FOLLOWED } from './followed.ts';

const moduleOf = (name: string): ModuleInfo => ({
  path: [name],
  type: 'Linear',
  paramCount: 1,
  attributes: [],
  alsoAt: [],
  variables: [
    { name: 'kernel', path: [name, 'kernel'], type: 'Param', shape: [1], dtype: 'float32' },
    { name: 'count', path: [name, 'count'], type: 'RngCount', shape: [], dtype: 'uint32' },
  ],
});
const modules = Array.from({ length: 20 }, (_, i) => moduleOf(`linear${i}`));
const NOTHING = { modules: [], nodes: [] };

it('the parameters and gradients of a selected module, behind what is pinned', () => {
  const pins = [{ key: 'k', title: 'Value of relu' }];
  const found = followedOf({ modules, result: null, pins, selected: { ...NOTHING, modules: ['["linear3"]'] }, instance: [] });
  expect(found.map(({ title }) => title)).toEqual(['Value of relu', 'linear3.kernel', 'gradient of linear3.kernel']);
  expect(found[2]!.key).toBe('["variable",["linear3","kernel"]] gradient');
});

it('with nothing chosen the gradients of the first parameters', () => {
  const found = followedOf({ modules, result: null, pins: [], selected: NOTHING, instance: [] });
  expect(found.length).toBe(MOST_FOLLOWED);
  expect(found[0]!.title).toBe('gradient of linear0.kernel');
});
