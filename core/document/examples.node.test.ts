import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from './parse.ts';
import { writeDocument } from './write.ts';

const folder = join(import.meta.dirname, '../../assets/examples');
const files = readdirSync(folder).filter((file) => file.endsWith('.espalier'));

describe.each(files)('the example %s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');

  it('opens without a problem and is saved as it stands', () => {
    const result = parseDocument(text);
    if (!result.ok) throw new Error(result.refusals[0]!.message);
    expect(result.problems).toEqual([]);
    expect(writeDocument(result.document)).toBe(text);
  });

  it('is drawn on the 4-pixel grid with room between the nodes', () => {
    const result = parseDocument(text);
    if (!result.ok) throw new Error(result.refusals[0]!.message);
    for (const { nodes, layout } of Object.values(result.document.classes)) {
      const points = Object.keys(nodes).map((id) => layout[id]!);
      for (const [i, a] of points.entries()) {
        expect([a.x % 4, a.y % 4]).toEqual([0, 0]);
        for (const b of points.slice(i + 1)) expect(Math.abs(a.x - b.x) >= 264 || Math.abs(a.y - b.y) >= 96).toBe(true);
      }
    }
  });
});

it('lists every example in index.json', () => {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as readonly { file: string }[];
  expect(index.map((entry) => entry.file).sort()).toEqual(files.sort());
});
