import { expect, it } from 'vitest';
import { boundsOfBoxes, frameOn, scaleToFit, toCanvas, toMap } from './map.ts';

const MOST = { width: 200, height: 140 };
const box = (x: number, y: number) => ({ x, y, width: 100, height: 50, color: '--ink' });

it('lays a graph on the map whole, in its proportions, and finds each place again', () => {
  const bounds = boundsOfBoxes([box(-300, 0), box(900, 400)])!;
  expect(bounds).toEqual({ x: -300, y: 0, width: 1300, height: 450 });
  const map = scaleToFit(bounds, MOST);
  for (const corner of [
    { x: -300, y: 0 },
    { x: 1000, y: 450 },
  ]) {
    const at = toMap(map, corner);
    expect(at.x).toBeGreaterThanOrEqual(0);
    expect(at.x).toBeLessThanOrEqual(map.width);
    expect(at.y).toBeGreaterThanOrEqual(0);
    expect(at.y).toBeLessThanOrEqual(map.height);
    const back = toCanvas(map, at);
    expect(back.x).toBeCloseTo(corner.x);
    expect(back.y).toBeCloseTo(corner.y);
  }
});

it('gives a long chain a low map, and a column a narrow one that is no higher than allowed', () => {
  expect(scaleToFit({ x: 0, y: 0, width: 90_000, height: 60 }, MOST)).toMatchObject({ width: 200, height: 44 });
  expect(scaleToFit({ x: 0, y: 0, width: 184, height: 9000 }, MOST)).toMatchObject({ width: 44, height: 140 });
});

it('keeps the frame of the view within the map, also where one looks past the graph', () => {
  const map = scaleToFit({ x: 0, y: 0, width: 1000, height: 500 }, MOST);
  const all = frameOn(map, { x: -5000, y: -5000, width: 20_000, height: 20_000 });
  expect(all).toEqual({ x: 0, y: 0, width: map.width, height: map.height });
  const past = frameOn(map, { x: 50_000, y: -50_000, width: 300, height: 200 });
  expect(past).toEqual({ x: map.width - 10, y: 0, width: 10, height: 10 });
});

it('has no bounds without boxes', () => {
  expect(boundsOfBoxes([])).toBeUndefined();
});
