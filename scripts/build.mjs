/** @file Builds the editor, the worker and Electron's two files into out/, unless they are newer than every source. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = ['core', 'renderer', 'electron', 'assets', 'vite.config.ts', 'package-lock.json'];
const PRODUCTS = ['out/renderer/index.html', 'out/electron/main.js', 'out/electron/preload.cjs'];
const SKIPPED = new Set(['node_modules', '.venv', 'recorded']);

/** @param {string} place @returns {number} */
function newest(place) {
  const stats = statSync(place);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const children = readdirSync(place).filter((name) => !SKIPPED.has(name));
  return Math.max(0, ...children.map((name) => newest(path.join(place, name))));
}

function isFresh() {
  if (!PRODUCTS.every((product) => existsSync(path.join(root, product)))) return false;
  const built = Math.min(...PRODUCTS.map((product) => statSync(path.join(root, product)).mtimeMs));
  return Math.max(...SOURCES.map((source) => newest(path.join(root, source)))) < built;
}

export function build() {
  if (isFresh()) return;
  console.log('Building …');
  execFileSync(process.execPath, [path.join(root, 'scripts/registry.mjs')], { cwd: root, stdio: 'inherit' });
  execFileSync(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
