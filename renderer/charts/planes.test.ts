import { describe, expect, it } from 'vitest';
import { axesOf, choicesOf, partOf, planeText, type TensorKind } from './planes.ts';

const drawn = (kind: TensorKind, shape: readonly number[], corner = {}) => {
  const axes = axesOf(kind, shape.length);
  const part = partOf(shape, axes, corner);
  return { ...part, choices: choicesOf(shape, axes, part).map(({ name, text }) => `${name} ${text}`), text: planeText(axes, kind) };
};

describe('what a heat map draws (N6)', () => {
  it('is a scalar as one cell, a vector as one row, a table as it is', () => {
    expect(drawn('other', [])).toEqual({ begin: [], size: [], choices: [], text: 'one number' });
    expect(drawn('other', [3])).toEqual({ begin: [0], size: [3], choices: [], text: 'axis 0' });
    expect(drawn('other', [5, 7])).toEqual({ begin: [0, 0], size: [5, 7], choices: [], text: 'axis 0 × axis 1' });
  });

  it('is height and width of a picture, at a place in the batch and a channel', () => {
    expect(drawn('picture', [64, 8, 8, 16], { 0: 3, 3: 2 })).toEqual({
      begin: [3, 0, 0, 2],
      size: [1, 8, 8, 1],
      choices: ['batch 3 of 64', 'channel 2 of 16'],
      text: 'height × width, picture',
    });
  });

  it('is height and width of a kernel, from one channel to another', () => {
    expect(drawn('kernel', [3, 3, 16, 32])).toMatchObject({
      size: [3, 3, 1, 1],
      choices: ['in 0 of 16', 'out 0 of 32'],
      text: 'height × width, kernel',
    });
    expect(drawn('kernel', [3, 16, 32])).toMatchObject({ size: [1, 16, 32], choices: ['width 0 of 3'], text: 'in × out, kernel' });
  });

  it('is queries and keys of attention, at a head', () => {
    expect(drawn('attention', [8, 4, 7, 7])).toMatchObject({
      size: [1, 1, 7, 7],
      choices: ['axis 0 0 of 8', 'head 0 of 4'],
      text: 'query × key, attention weights',
    });
  });

  it('is the last two axes of what is none of these', () => {
    expect(drawn('other', [2, 7, 4, 4])).toMatchObject({ size: [1, 1, 4, 4], text: 'axis 2 × axis 3' });
  });

  it('is a part of a table of 100,000 rows, and says which', () => {
    expect(drawn('other', [100_000, 10])).toMatchObject({ begin: [0, 0], size: [128, 10], choices: ['axis 0 0–127 of 100,000'] });
    expect(drawn('other', [100_000, 10], { 0: 1e9 })).toMatchObject({ begin: [99_872, 0], choices: ['axis 0 99,872–99,999 of 100,000'] });
  });

  it('is nothing of a tensor without numbers', () => {
    expect(drawn('other', [0, 4])).toMatchObject({ begin: [0, 0], size: [0, 4] });
    expect(drawn('other', [0, 2, 4])).toMatchObject({ size: [0, 2, 4] });
  });
});
