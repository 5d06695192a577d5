import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');

it('imports electron in two files only: elsewhere it would start a download', () => {
  const importers: string[] = [];
  for (const folder of ['electron', 'renderer', 'core', 'scripts', 'e2e']) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|tsx|mjs)$/.test(name) || name.includes('node_modules') || name.includes('.venv')) continue;
      const text = readFileSync(path.join(root, folder, name), 'utf8');
      if (/^import (?!type\b)[^;]*from 'electron'|require\('electron'\)/m.test(text)) importers.push(path.join(folder, name));
    }
  }
  expect(importers.filter((file) => !file.endsWith('.test.ts')).sort()).toEqual(['electron/main.ts', 'electron/preload.ts']);
});
