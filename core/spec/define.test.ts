import { expect, expectTypeOf, it } from 'vitest';
import { type ArgsOf, type OptionsOf, p } from './params.ts';

const params = {
  inFeatures: p.int({ min: 1, doc: 'Length of the last input axis.' }),
  useBias: p.bool({ default: true, doc: 'Add a learned bias.' }),
  axis: p.ints.nullable({ doc: 'Axes to reduce.' }),
};

it('makes options of a constructor from the table of parameters', () => {
  expectTypeOf<OptionsOf<typeof params>>().toExtend<{ readonly inFeatures: number; readonly useBias?: boolean | undefined }>();
  expectTypeOf<ArgsOf<typeof params>['axis']>().toEqualTypeOf<number | readonly number[] | null>();
  expectTypeOf<ArgsOf<typeof params>['useBias']>().toEqualTypeOf<boolean>();
});

it('fills null as the default of a nullable parameter and nothing for a required one', () => {
  expect(params.axis.default).toBeNull();
  expect(params.inFeatures.default).toBeUndefined();
  expect(params.useBias.default).toBe(true);
});
