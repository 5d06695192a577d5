/** @file Row: Flax on the same tree of Modules, where `npm run test:flax` has made its Python environment. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { defineRow } from '../row.mjs';

const fixtures = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../core/fixtures');

export const row = defineRow({
  about: 'walking over Modules, times as fast as Flax',
  where: ['cpu'],
  async run({ bundle, tell }) {
    const python = path.join(fixtures, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
    if (!existsSync(python)) {
      console.log('Skipped the comparison with Flax: run `npm run test:flax` once, it makes the Python environment.');
      return;
    }
    const bench = await import(pathToFileURL(await bundle('core/bench/main.ts', 'node')).href);
    const printed = execFileSync(python, [path.join(fixtures, 'time_flax.py'), String(bench.BLOCKS)], { encoding: 'utf8' });
    for (const each of bench.compareWithFlax(JSON.parse(printed))) tell(each);
  },
});
