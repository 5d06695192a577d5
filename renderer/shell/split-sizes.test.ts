import { expect, it } from 'vitest';
import { splitSizes } from './split-sizes.ts';

const left = { id: 'left', isOpen: true, first: '200px' };
const right = { id: 'right', isOpen: true, first: '30%' };

it('begins with the first sizes, in pixels of the room and in per cent, and leaves the middle the rest', () => {
  expect(splitSizes([left, right], 'centre', undefined, 1000)).toEqual({ left: 20, centre: 50, right: 30 });
});

it('gives closed sides no room and keeps the sizes of open ones', () => {
  const closed = { ...left, isOpen: false };
  expect(splitSizes([closed, right], 'centre', { left: 25, centre: 35, right: 40 }, 1000)).toEqual({ left: 0, centre: 60, right: 40 });
});

it('takes no kept sizes of which an open side is not one, or has none', () => {
  expect(splitSizes([left, right], 'centre', { centre: 60, right: 40 }, 1000)).toEqual({ left: 20, centre: 50, right: 30 });
  expect(splitSizes([left], 'centre', { left: 0, centre: 100 }, 1000)).toEqual({ left: 20, centre: 80 });
});

it('leaves nothing negative where the room is less than the sides ask for', () => {
  expect(splitSizes([left], 'centre', undefined, 100)).toEqual({ left: 100, centre: 0 });
  expect(splitSizes([left], 'centre', undefined, 0)).toEqual({ left: 0, centre: 100 });
});
