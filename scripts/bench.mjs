/**
 * @file `npm run bench`: ratios measured in one run, on the CPU backend in Node and on WebGL in a browser, as a table and
 * as `out/bench.json`. Ends with an error if a ratio misses its limit.
 *
 *   node scripts/bench.mjs [--cpu | --webgl] [part of a benchmark's name]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { benchNetworks } from './bench/networks.mjs';
import { benchWindow } from './bench/window.mjs';
import { bundle } from './bundle.mjs';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const out = path.join(root, 'out/bench');
const args = process.argv.slice(2);
const filter = args.find((arg) => !arg.startsWith('--')) ?? '';
const isWanted = (/** @type {string} */ backend) => args.includes(`--${backend}`) || !args.some((arg) => arg.startsWith('--'));

/** @typedef {import('../core/bench/measure.ts').Benchmark} Benchmark */

const entry = path.join(root, 'core/bench/main.ts');

/** @param {Benchmark} benchmark */
function print({ name, backend, measured, sense, limit, passed, detail }) {
  const number = measured.toPrecision(4).replace(/\.?0+$/, '');
  console.log(
    `${passed ? 'ok    ' : 'MISSED'} ${backend.padEnd(6)} ${name.padEnd(92)} ${number.padStart(8)}  ${sense} ${limit}  (${detail})`,
  );
}

/** @param {string} file @param {(benchmark: Benchmark) => void} tell */
async function runInBrowser(file, tell) {
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS });
  try {
    if ('networks'.includes(filter)) await benchNetworks('webgl', out, browser, tell);
    const page = await browser.newPage();
    page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
    await page.exposeFunction('tell', tell);
    // A page with an address of its own: about:blank may not import modules.
    await page.route('http://bench.local/**', (route) =>
      route.request().url().endsWith('.mjs')
        ? route.fulfill({ path: file, contentType: 'text/javascript' })
        : route.fulfill({ body: '<!doctype html><title>bench</title>', contentType: 'text/html' }),
    );
    await page.goto('http://bench.local/');
    await page.evaluate(async (filter) => {
      const { runBenchmarks } = await import(/* @vite-ignore */ `${location.origin}/bench.mjs`);
      // @ts-ignore
      await runBenchmarks('webgl', filter, globalThis.tell);
    }, filter);
  } finally {
    await browser.close();
  }
}

/** Flax on the same tree of Modules, where `npm run test:flax` has made its Python environment. */
function compareWithFlax(/** @type {typeof import('../core/bench/main.ts')} */ bench) {
  const python = path.join(root, 'core/fixtures/.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!existsSync(python)) {
    console.log('Skipped the comparison with Flax: run `npm run test:flax` once, it makes the Python environment.');
    return;
  }
  const printed = execFileSync(python, [path.join(root, 'core/fixtures/time_flax.py'), String(bench.BLOCKS)], { encoding: 'utf8' });
  for (const each of bench.compareWithFlax(JSON.parse(printed))) tell(each);
}

/** @type {Benchmark[]} */
const results = [];
const tell = (/** @type {Benchmark} */ benchmark) => {
  results.push(benchmark);
  print(benchmark);
};

rmSync(out, { recursive: true, force: true });
if (isWanted('cpu')) {
  const bench = await import(pathToFileURL(await bundle(entry, out, 'node')).href);
  await bench.runBenchmarks('cpu', filter, tell);
  if ('networks'.includes(filter)) await benchNetworks('cpu', out, null, tell);
  if ('flax modules'.includes(filter)) compareWithFlax(bench);
}
if (isWanted('webgl')) {
  if (findChromium() || existsSync(chromium.executablePath())) {
    await runInBrowser(await bundle(entry, out, 'browser'), tell);
    if ('window'.includes(filter)) tell(await benchWindow());
  } else console.log('Skipped WebGL: no browser of the Chromium family is installed.');
}

mkdirSync(path.join(root, 'out'), { recursive: true });
writeFileSync(path.join(root, 'out/bench.json'), `${JSON.stringify(results, null, 2)}\n`);
const missed = results.filter((each) => !each.passed).length;
console.log(`\n${results.length - missed} of ${results.length} within their limits; as JSON in out/bench.json`);
process.exitCode = missed ? 1 : 0;
