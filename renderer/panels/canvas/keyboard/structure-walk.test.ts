import { expect, it } from 'vitest';
import { boxAt } from './structure-walk.ts';

/** root → a (→ a1, a2), b */
const boxes = [
  { key: 'root', parent: null, y: 0 },
  { key: 'b', parent: 'root', y: 300 },
  { key: 'a', parent: 'root', y: 0 },
  { key: 'a2', parent: 'a', y: 100 },
  { key: 'a1', parent: 'a', y: 0 },
];

it('goes in and out by left and right, and along siblings by up and down, as they are drawn', () => {
  expect(boxAt(boxes, 'root', 'ArrowRight')).toBe('a');
  expect(boxAt(boxes, 'a', 'ArrowRight')).toBe('a1');
  expect(boxAt(boxes, 'a1', 'ArrowDown')).toBe('a2');
  expect(boxAt(boxes, 'a2', 'ArrowUp')).toBe('a1');
  expect(boxAt(boxes, 'a2', 'ArrowLeft')).toBe('a');
  expect(boxAt(boxes, 'a', 'End')).toBe('b');
  expect(boxAt(boxes, 'a1', 'Home')).toBe('root');
});

it('leads nowhere past the ends, and by no other key', () => {
  expect(boxAt(boxes, 'root', 'ArrowLeft')).toBeUndefined();
  expect(boxAt(boxes, 'b', 'ArrowDown')).toBeUndefined();
  expect(boxAt(boxes, 'b', 'ArrowRight')).toBeUndefined();
  expect(boxAt(boxes, 'a', 'x')).toBeUndefined();
  expect(boxAt(boxes, 'gone', 'ArrowUp')).toBeUndefined();
});
