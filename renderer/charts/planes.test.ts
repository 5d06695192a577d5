import { expect, it } from 'vitest';
import { cutPlane, otherAxes } from './planes.ts';

const count = (shape: number[]) => ({ shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => index) });

it('shows a scalar as one cell and a vector as one row', () => {
  expect(cutPlane(count([]), {})).toMatchObject({ rows: 1, columns: 1, values: Float32Array.of(0) });
  expect(cutPlane(count([3]), {})).toMatchObject({ rows: 1, columns: 3, values: Float32Array.of(0, 1, 2) });
});

it('shows the last two axes at chosen indices of the others', () => {
  expect(cutPlane(count([2, 2, 3]), { 0: 1 }).values).toEqual(Float32Array.of(6, 7, 8, 9, 10, 11));
  expect(otherAxes([2, 2, 3])).toEqual([{ axis: 0, length: 2 }]);
});

it('shows height and width of one channel of one image', () => {
  expect(cutPlane(count([2, 2, 2, 3]), { 0: 1, 3: 2 }).values).toEqual(Float32Array.of(14, 17, 20, 23));
  expect(otherAxes([2, 2, 2, 3]).map(({ axis }) => axis)).toEqual([0, 3]);
});

it('takes the last index where one is too large', () => {
  expect(cutPlane(count([2, 1, 2]), { 0: 9 }).values).toEqual(Float32Array.of(2, 3));
});
