import { describe, expect, it } from 'vitest';
import { fillDefaults, validateArgs } from './args.ts';
import { p } from './params.ts';
import { formatRejection, reject, requireAxis, requireDtype, requireRank, RejectionError } from './reject.ts';

const params = {
  inFeatures: p.int({ min: 1, doc: 'In.', from: ({ x }) => x?.shape.at(-1) as number | undefined }),
  outFeatures: p.int({ min: 1, doc: 'Out.' }),
  rate: p.float({ default: 0.5, min: 0, max: 1, doc: 'Rate.' }),
  axis: p.ints.nullable({ doc: 'Axes.' }),
  padding: p.padding({ default: 'SAME', doc: 'Padding.' }),
  mode: p.choice({ default: 'mean', choices: ['mean', 'sum'], doc: 'Mode.' }),
  kernelInit: p.initializer({ default: 'lecunNormal', doc: 'Init.' }),
};
const x = { shape: ['batch', 8], dtype: 'float32' } as const;
const codes = (given: Parameters<typeof validateArgs>[1]) =>
  validateArgs(params, { outFeatures: 2, ...given }, { x }).problems.map(({ code }) => code);

describe('validateArgs', () => {
  it('fills defaults and what the inputs tell', () => {
    const { args, problems } = validateArgs(params, { outFeatures: 4 }, { x });
    expect(problems).toEqual([]);
    expect(args).toEqual({
      inFeatures: 8,
      outFeatures: 4,
      rate: 0.5,
      axis: null,
      padding: 'SAME',
      mode: 'mean',
      kernelInit: 'lecunNormal',
    });
  });

  it('reports what is missing, and whether wiring would help', () => {
    const { problems } = validateArgs(params, {});
    expect(problems.map(({ fix }) => fix)).toEqual(['Set inFeatures, or wire the inputs so that it is inferred.', 'Set outFeatures.']);
  });

  it('reports a value of the wrong kind, out of range, or no choice', () => {
    expect(codes({ outFeatures: 1.5 })).toEqual(['param/kind']);
    expect(codes({ outFeatures: null })).toEqual(['param/kind']);
    expect(codes({ outFeatures: 0 })).toEqual(['param/range']);
    expect(codes({ rate: 1.1 })).toEqual(['param/range']);
    expect(codes({ rate: Number.NaN })).toEqual(['param/kind']);
    expect(codes({ mode: 'median' })).toEqual(['param/choice']);
    expect(codes({ padding: 'AROUND' })).toEqual(['param/kind']);
    expect(codes({ kernelInit: 3 })).toEqual(['param/kind']);
    expect(codes({ axis: ['a'] })).toEqual(['param/kind']);
  });

  it('accepts every form of a kind', () => {
    expect(codes({ axis: -1 })).toEqual([]);
    expect(codes({ axis: [-2, -1] })).toEqual([]);
    expect(codes({ padding: 2 })).toEqual([]);
    expect(codes({ padding: [[1, 0], 2] })).toEqual([]);
    expect(codes({ kernelInit: { name: 'constant', value: 0.5 } })).toEqual([]);
  });

  it('names the parameter that was meant by an unknown one', () => {
    const { problems } = validateArgs(params, { out_features: 4, outFeatures: 4, rat: 0.1, wholly: 1 }, { x });
    expect(problems.map(({ fix }) => fix)).toEqual([
      'Write outFeatures instead of out_features.',
      'Write rate instead of rat.',
      'Remove wholly.',
    ]);
  });

  it('says what was expected, what came and what to do', () => {
    const [problem] = validateArgs(params, { outFeatures: 0 }, { x }).problems;
    expect(formatRejection(problem!, 'Linear "head"')).toBe(
      'Linear "head" expects outFeatures to be at least 1 but got 0. Set outFeatures to 1 or more.',
    );
  });
});

it('fills defaults without judging', () => {
  expect(fillDefaults({ a: p.int({ doc: 'A.' }), b: p.int({ default: 2, doc: 'B.' }) }, { c: 1 })).toEqual({ b: 2 });
});

describe('rejections of inputs', () => {
  const message = (run: () => void) => {
    try {
      run();
    } catch (error) {
      if (error instanceof RejectionError) return formatRejection(error.rejection, 'Linear "head"');
      throw error;
    }
    return undefined;
  };

  it('words a wrong last axis with both ways to mend it', () => {
    expect(message(() => requireAxis('x', { shape: ['batch', 64], dtype: 'float32' }, -1, 128, 'inFeatures'))).toBe(
      'Linear "head" expects a last axis of 128 but got 64. Set inFeatures to 64, or clear it so that it is inferred.',
    );
  });

  it('words a wrong number of axes and a wrong type', () => {
    expect(message(() => requireRank('x', { shape: [3], dtype: 'float32' }, { min: 2 }))).toBe(
      'Linear "head" expects at least 2 axes on x but got (3,), which has 1. Wire an input with more axes, or add axes with Reshape.',
    );
    expect(message(() => requireDtype('ids', { shape: [3], dtype: 'float32' }, ['int32']))).toBe(
      'Linear "head" expects int32 on ids but got float32. Wire an input of type int32, or convert it with Cast.',
    );
  });

  it('accepts what fits', () => {
    expect(message(() => requireRank('x', x, { min: 2, max: 2 }))).toBeUndefined();
    expect(message(() => requireAxis('x', x, -1, 8, 'inFeatures'))).toBeUndefined();
    expect(message(() => requireDtype('x', x, ['float32']))).toBeUndefined();
  });

  it('throws an error whose message reads without a place', () => {
    expect(() => reject({ code: 'dtype', expected: 'int32', got: 'bool', fix: 'Cast it.' })).toThrow(
      'Expected int32 but got bool. Cast it.',
    );
  });
});
