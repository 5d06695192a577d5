import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf, numbersIn, type TextureData } from './texture-layout.ts';

const product = (lengths: readonly number[]): number => lengths.reduce((all, length) => all * length, 1);

/** The texture of a tensor that holds 1, 2, 3 …, as the library lays it out; a hundred thousand stands where there is no number. */
function packedTexels(shape: readonly number[], width: number): Float32Array {
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const blocks = product(shape) / rows / columns;
  const [down, across] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const texels = new Float32Array(4 * width * Math.ceil((blocks * down * across) / width)).fill(1e5);
  for (let block = 0; block < blocks; block++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const texel = (block * down + (row >> 1)) * across + (column >> 1);
        texels[4 * texel + 2 * (row % 2) + (column % 2)] = 1 + (block * rows + row) * columns + column;
      }
  return texels;
}

const counted = (size: number): number[] => Array.from({ length: size }, (_, i) => i + 1);
const textureOf = (width: number): TextureData['texture'] => ({ texture: {}, texShape: [100, width] });

const lengths = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 });

describe('the layout of a texture', () => {
  it('is undone for blocks of two by two, whatever the shape, the width and what lies before', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 9 }), fc.nat(7), (shape, width, before) => {
        const layout = layoutOf({ shape, isPacked: true, texture: textureOf(width) }, product(shape))!;
        const texels = [...new Float32Array(before), ...packedTexels(shape, width)];
        expect(texels.length - before).toBe(4 * layout.width * layout.height);
        expect([...numbersIn(Float32Array.from(texels), before, layout, 4)]).toEqual(counted(product(shape)));
      }),
    );
  });

  it('is undone for numbers one by one, read alone or as the first of four, also of a part of another tensor', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 9 }), fc.nat(20), fc.constantFrom(1, 4), (shape, width, flatOffset, lanes) => {
        const size = product(shape);
        const layout = layoutOf({ shape, texture: textureOf(width), slice: { flatOffset } }, size)!;
        expect(layout.top).toBe(Math.floor(flatOffset / width));
        const texels = new Float32Array(lanes * layout.width * layout.height).fill(1e5);
        for (let i = 0; i < size; i++) texels[lanes * (flatOffset + i - layout.top * width)] = i + 1;
        expect([...numbersIn(texels, 0, layout, lanes)]).toEqual(counted(size));
      }),
    );
  });

  it('is not guessed: of bytes, of a part of blocks and of what is not on the card nothing is known', () => {
    const known = { shape: [2, 2], texture: textureOf(2) };
    expect(layoutOf({ ...known, usage: 2 }, 4)).toBeUndefined();
    expect(layoutOf({ ...known, isPacked: true, slice: { flatOffset: 1 } }, 4)).toBeUndefined();
    expect(layoutOf({ ...known, texture: null }, 4)).toBeUndefined();
    expect(layoutOf({ ...known, usage: null }, 4)).toBeDefined();
  });
});
