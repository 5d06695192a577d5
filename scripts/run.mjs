/**
 * @file Runs a TypeScript file that uses core in plain Node: `node scripts/run.mjs example.ts`. It is bundled first, since
 * TensorFlow.js cannot be imported by Node file by file.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('Expected a file to run, got none: node scripts/run.mjs example.ts');
  process.exit(1);
}
process.setSourceMapsEnabled(true);
const out = mkdtempSync(path.join(tmpdir(), 'espalier-run-'));
try {
  await import(pathToFileURL(await bundle(path.resolve(file), out, 'node')).href);
} finally {
  rmSync(out, { recursive: true, force: true });
}
