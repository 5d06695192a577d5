import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.(css|tsx?)$/.test(name) && !/\.test\./.test(name),
);

it('every token that a style reads without a value of its own is set somewhere', () => {
  const text = files.map(read).join('\n');
  const used = [...text.matchAll(/var\((--[a-z0-9-]+)\)/g)].map((match) => match[1]!);
  const set = new Set([...text.matchAll(/(--[a-z0-9-]+)['"]?\]?:|setProperty\('(--[a-z0-9-]+)'/g)].map((match) => match[1] ?? match[2]!));
  expect([...new Set(used)].filter((name) => !set.has(name))).toEqual([]);
});

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

describe.each([
  ['dark', /:root \{([^}]*)\}/],
  ['light', /:root\[data-theme='light'\] \{([^}]*)\}/],
])('in the %s theme', (_, block) => {
  const tokens = block.exec(read('ui/tokens.css'))![1]!;
  const token = (name: string) => new RegExp(`${name}: (#[0-9a-f]{6});`).exec(tokens)![1]!;

  it.each(['--wire', '--wire-faded'])('%s stands out at 3:1 from the canvas', (name) => {
    const [low, high] = [luminance(token(name)), luminance(token('--surface-canvas'))].sort((a, b) => a - b);
    expect((high! + 0.05) / (low! + 0.05)).toBeGreaterThanOrEqual(3);
  });
});
