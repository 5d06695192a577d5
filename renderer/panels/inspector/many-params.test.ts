import { expect, it } from 'vitest';
import { findDescriptor } from '../../../core/index.ts';
import { commonParams, valuesOf } from './many-params.ts';

const paramsOf = (type: string) => findDescriptor(type)!.params;

it('finds the parameters that all have, of one kind', () => {
  expect(Object.keys(commonParams([paramsOf('Linear'), paramsOf('Conv')]))).toContain('useBias');
  expect(Object.keys(commonParams([paramsOf('Linear'), paramsOf('Conv')]))).not.toContain('kernelSize');
  expect(commonParams([paramsOf('Linear'), paramsOf('Dropout')])).not.toHaveProperty('rate');
  expect(commonParams([])).toEqual({});
});

it('tells values that all agree on from those that differ, unset ones among them', () => {
  expect(
    valuesOf(
      ['rate', 'seed', 'none'],
      [
        { rate: 0.5, seed: { $: 'n' } },
        { rate: 0.25, seed: { $: 'n' } },
      ],
    ),
  ).toEqual({
    args: { seed: { $: 'n' } },
    mixed: ['rate'],
  });
  expect(valuesOf(['rate'], [{ rate: 0.5 }, {}]).mixed).toEqual(['rate']);
});
