import { expect, it } from 'vitest';
import { addWatch, describeWatch, watchOf } from './watches.ts';

const written = { part: 'gradient', type: 'norm-above', limit: 10, filter: 'path:linear1' } as const;

it('a condition reads as it was written, and each has a name of its own', () => {
  const read = watchOf(written, []);
  if (!read.ok) throw new Error(read.message);
  const watches = addWatch(addWatch([], read.watch), read.watch);
  expect(watches.map(({ spec }) => spec.id)).toEqual(['1', '2']);
  expect(describeWatch(watches[0]!)).toBe('gradients of parameters of path:linear1: norm above 10');
  expect(watches[0]!.spec.only).toEqual({ kind: 'path', contains: 'linear1', exact: true });
});

it('without a filter it is of everything, of the loss of nothing else, and some have no limit', () => {
  const all = watchOf({ ...written, type: 'not-finite', filter: ' ' }, []);
  if (!all.ok) throw new Error(all.message);
  expect(describeWatch({ ...all.watch, spec: { ...all.watch.spec, id: '1' } })).toBe('gradients of parameters: NaN or infinite');
  const loss = watchOf({ part: 'loss', type: 'loss-change', limit: 0.5, filter: 'path:x' }, []);
  if (!loss.ok) throw new Error(loss.message);
  expect(describeWatch({ ...loss.watch, spec: { ...loss.watch.spec, id: '1' } })).toBe('the loss: grows in a step by more than 0.5');
});

it('a filter that cannot be read is told', () => {
  expect(watchOf({ ...written, filter: 'path:' }, [])).toMatchObject({ ok: false });
});
