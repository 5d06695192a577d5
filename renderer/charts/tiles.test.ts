import { describe, expect, it } from 'vitest';
import { pagePart, tileAxesOf, tileOf, tilesOnPage } from './tiles.ts';

describe('maps beside each other', () => {
  it('are the channels of a picture, each with its own numbers', () => {
    const shape = [2, 2, 3, 4];
    const axes = tileAxesOf('picture', shape)!;
    const part = pagePart(shape, axes, { 0: 1 }, 0);
    expect(part).toEqual({ begin: [1, 0, 0, 0], size: [1, 2, 3, 4] });
    // As they lie in memory, the channel last: 10 × the place, and the channel.
    const data = Float32Array.from({ length: 24 }, (_, i) => 10 * Math.floor(i / 4) + (i % 4));
    expect([...tileOf({ shape: part.size, data }, axes, 2)]).toEqual([2, 12, 22, 32, 42, 52]);
  });

  it('are the heads of attention and what a kernel gives', () => {
    const attention = tileAxesOf('attention', [8, 4, 5, 5])!;
    expect(attention).toMatchObject({ each: 1, row: 2, column: 3 });
    const data = Float32Array.from({ length: 100 }, (_, i) => i);
    expect([...tileOf({ shape: [1, 4, 5, 5], data }, attention, 3)].slice(0, 2)).toEqual([75, 76]);
    expect(tileAxesOf('kernel', [3, 3, 1, 16])).toMatchObject({ each: 3, row: 0, column: 1 });
  });

  it('are none for one channel, for numbers that are no picture, and where there are none', () => {
    expect(tileAxesOf('picture', [2, 8, 8, 1])).toBeNull();
    expect(tileAxesOf('other', [2, 8, 8, 4])).toBeNull();
    expect(tileAxesOf('picture', [0, 8, 8, 4])).toBeNull();
  });

  it('come in pages of as many numbers as may be fetched at once', () => {
    const small = [1, 8, 8, 100];
    const axes = tileAxesOf('picture', small)!;
    expect(tilesOnPage(small, axes)).toBe(64);
    expect(pagePart(small, axes, {}, 1)).toEqual({ begin: [0, 0, 0, 64], size: [1, 8, 8, 36] });
    expect(tilesOnPage([1, 128, 128, 100], axes)).toBe(32);
    expect(pagePart([1, 512, 512, 3], axes, { 1: 600 }, 0)).toEqual({ begin: [0, 384, 0, 0], size: [1, 128, 128, 3] });
  });
});
