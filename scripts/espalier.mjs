/** @file `npm run -s espalier -- …`: the product without the window. Bundled first, since TensorFlow.js cannot be imported by Node file by file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
process.setSourceMapsEnabled(true);
const out = mkdtempSync(path.join(tmpdir(), 'espalier-cli-'));
try {
  const { main } = await import(pathToFileURL(await bundle(path.join(root, 'cli/main.ts'), out, 'node')).href);
  process.exitCode = await main(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    shipped: path.join(root, 'assets/data'),
  });
} finally {
  rmSync(out, { recursive: true, force: true });
}
