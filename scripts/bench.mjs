/**
 * @file `npm run bench`: ratios measured in one run, both sides in turn, as a table and as `out/bench.json`. A missed limit is marked, not
 * an error: timings say something of the machine, too. The rows are the files of `bench/rows`.
 *
 *   node scripts/bench.mjs [--cpu | --webgl | --window] [--only open,edit]
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startBench } from './bench/start.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const rows = path.join(root, 'scripts/bench/rows');
const args = process.argv.slice(2);
const names = readdirSync(rows).map((file) => path.basename(file, '.mjs'));

/** Words that are not flags name rows as `--only` does, by any part of their names. */
const only = args.filter((arg) => !arg.startsWith('--')).flatMap((arg) => arg.split(','));
const isChosen = (/** @type {string} */ name) => only.length === 0 || only.some((part) => name.includes(part));
const isWanted = (/** @type {string} */ where) =>
  args.includes(`--${where}`) || !['--cpu', '--webgl', '--window'].some((flag) => args.includes(flag));

/** @param {import('./bench/row.mjs').Benchmark} benchmark */
function print({ name, backend, measured, sense, limit, passed, detail }) {
  const number = measured.toPrecision(4).replace(/\.?0+$/, '');
  console.log(
    `${passed ? 'ok    ' : 'MISSED'} ${backend.padEnd(6)} ${name.padEnd(92)} ${number.padStart(8)}  ${sense} ${limit}  (${detail})`,
  );
}

const chosen = names.filter(isChosen);
if (chosen.length === 0) {
  console.error(`No row is named so. There are: ${names.join(', ')}.`);
  process.exit(2);
}

/** @type {import('./bench/row.mjs').Benchmark[]} */
const results = [];
/** @type {string[]} */
const failures = [];
const out = path.join(root, 'out/bench');
rmSync(out, { recursive: true, force: true });
const { bench, hasBrowser, close } = startBench(root, out, (benchmark) => {
  results.push(benchmark);
  print(benchmark);
});
if (!hasBrowser) console.log('Skipped all that needs a browser: none of the Chromium family is installed.');
try {
  for (const where of /** @type {const} */ (['cpu', 'webgl', 'window'].filter(isWanted)))
    for (const name of chosen) {
      const { row } = await import(pathToFileURL(path.join(rows, `${name}.mjs`)).href);
      if (!row.where.includes(where) || (where !== 'cpu' && !hasBrowser)) continue;
      try {
        await row.run(bench, where);
      } catch (error) {
        // The other rows are worth having.
        failures.push(name);
        console.log(`FAILED ${where.padEnd(6)} ${row.about}: ${error instanceof Error ? error.stack : error}`);
      }
    }
} finally {
  await close();
}

mkdirSync(path.join(root, 'out'), { recursive: true });
writeFileSync(path.join(root, 'out/bench.json'), `${JSON.stringify(results, null, 2)}\n`);
const missed = results.filter((each) => !each.passed).length;
console.log(`\n${results.length - missed} of ${results.length} within their limits; as JSON in out/bench.json`);
process.exitCode = failures.length > 0 ? 1 : 0;
