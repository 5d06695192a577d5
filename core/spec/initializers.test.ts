import { expect, it } from 'vitest';
import { key } from '../random/key.ts';
import { validateArgs } from './args.ts';
import { INITIALIZERS, toInitializer } from './initializers.ts';
import { p } from './params.ts';

const problemOf = (value: string | { name: string; [argument: string]: number | string }) =>
  validateArgs({ kernelInit: p.initializer({ default: 'zeros', doc: 'Init.' }) }, { kernelInit: value }).problems[0];

it('makes every initializer of the table with its defaults, or says what is missing', () => {
  for (const name of Object.keys(INITIALIZERS).filter((each) => each !== 'varianceScaling' && each !== 'deltaOrthogonal')) {
    expect(toInitializer(name)(key(0), [3, 2]), name).toHaveLength(6);
  }
  expect(problemOf('varianceScaling')?.fix).toBe('Set scale.');
});

it('hands arguments over and knows other names', () => {
  expect([...toInitializer({ name: 'constant', value: 0.5 })(key(0), [2])]).toEqual([0.5, 0.5]);
  expect(toInitializer('xavierNormal')(key(1), [2, 3])).toEqual(toInitializer('glorotNormal')(key(1), [2, 3]));
  const own = () => new Float32Array([7]);
  expect(toInitializer(own)).toBe(own);
});

it('reports unknown names and wrong arguments as problems of the parameter', () => {
  expect(problemOf('lecunNormal')).toBeUndefined();
  expect(problemOf('leCun')).toMatchObject({ code: 'param/choice', param: 'kernelInit', got: '"leCun"' });
  expect(problemOf({ name: 'normal', stddev: -1 })).toMatchObject({ code: 'param/range', param: 'kernelInit' });
  expect(problemOf({ name: 'normal', sigma: 1 })).toMatchObject({ code: 'param/unknown', fix: 'Remove sigma.' });
  expect(() => toInitializer('nothing')).toThrow(/Expected the initializer to be one of/);
});
