import { describe, expect, it } from 'vitest';
import type { Statistics } from '../../../core/run/index.ts';
import { endsOfSpan, spanOf } from './span.ts';
import type { Subject } from './subjects.ts';

const statistics = (norm: number, count: number): Statistics => ({
  shape: [count],
  dtype: 'float32',
  count,
  min: 0,
  max: 1,
  mean: 0,
  std: 1,
  norm,
  zeros: 0,
  nans: 0,
  infinities: 0,
});
const subject = (title: string, value: Statistics, gradient: Statistics | null, kind = 'output'): Subject => ({
  id: title,
  title,
  kind,
  tensorKind: 'other',
  value: { key: title, summary: value },
  gradient: gradient && { key: `${title} gradient`, summary: gradient },
  names: [],
});

describe('a span', () => {
  const wide = subject('wide', statistics(20, 400), statistics(4, 400));
  const narrow = subject('narrow', statistics(4, 4), statistics(1, 4));

  it('compares a number of each, whatever their sizes, and the gradient the way it goes', () => {
    // 1 and 2 for each number; 0.2 and 0.5 of the gradients.
    expect(spanOf(wide, narrow)).toEqual({ from: 'wide', to: 'narrow', activation: 2, gradient: 0.4 });
  });

  it('is not known where one is 0, has none, or is not finite', () => {
    expect(spanOf(wide, subject('off', statistics(0, 4), null))).toMatchObject({ activation: null, gradient: null });
    expect(spanOf(subject('nan', statistics(NaN, 4), statistics(1, 4)), narrow).activation).toBeNull();
  });

  it('is of two things that are selected, in the order of the pass, parameters left out, of several calls the last', () => {
    const called = [1, 2].map((call) => subject(`shared, call ${call} of 2`, statistics(call, 4), null));
    const kernel = subject('narrow.kernel', statistics(1, 4), null, 'Param');
    const order = ['wide', 'shared, call 1 of 2', 'shared, call 2 of 2', 'narrow'];
    expect(endsOfSpan([narrow, kernel, wide], order, 2)!.map(({ title }) => title)).toEqual(['wide', 'narrow']);
    expect(endsOfSpan([...called, wide], order, 2)!.map(({ title }) => title)).toEqual(['wide', 'shared, call 2 of 2']);
    expect(endsOfSpan([narrow, wide], order, 1)).toBeUndefined();
  });
});
