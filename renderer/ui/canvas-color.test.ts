import { expect, it } from 'vitest';
import { canvasColor } from './canvas-color.ts';
import { signedColor } from './color-scales.ts';

const styled = (colorScheme: string) => ({
  color: 'ink',
  colorScheme,
  getPropertyValue: (name: string) => (name === '--nan' ? '#ff4fd8' : ''),
});

it('a painted canvas has the colours that elements around it have', () => {
  const [dark, light] = [styled('dark'), styled('light')];
  expect(['--nan', 'var(--nan)', '--unknown', 'rgb(1 2 3)'].map((color) => canvasColor(dark, color))).toEqual([
    '#ff4fd8',
    '#ff4fd8',
    'ink',
    'rgb(1 2 3)',
  ]);
  // The middle of a scale with two sides is nearly white on a light ground, and steps back on a dark one.
  expect(canvasColor(light, signedColor(0.5))).toBe('rgb(247 247 247)');
  expect(canvasColor(dark, signedColor(0.5))).toBe('rgb(69 76 87)');
});
