/**
 * @file `npm test`: every check in order, and the plain counts last. A failed step does not keep the others from
 * running; the exit code tells whether all passed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { build } from './build.mjs';
import { ensureChromium } from './chromium.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const reports = path.join(root, 'out/test');
const bin = (/** @type {string} */ file) => path.join(root, 'node_modules', file);

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {string[]} args */
const node = (args, env = {}) =>
  spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;

/** @param {string} file @returns {Counts} */
function readVitest(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** What is said again at the very end, where it is not buried below the output of the steps that follow. @type {string[]} */
const notes = [];

/** A journey that passed only on its second try has passed, and is named. @param {string} file @returns {Counts} */
function readPlaywright(file) {
  const { stats, suites } = JSON.parse(readFileSync(file, 'utf8'));
  for (const { title, tests } of specsOf(suites)) {
    const errors = tests.flatMap((/** @type {any} */ test) => test.results.flatMap((/** @type {any} */ result) => result.errors));
    if (errors.length === 0) continue;
    const isFlaky = tests.every((/** @type {any} */ test) => test.status === 'flaky');
    const why = errors.map((/** @type {{ message?: string }} */ { message = '' }) => stripVTControlCharacters(message).slice(0, 1200));
    notes.push(`${isFlaky ? 'passed on its second try' : 'FAILED'}: ${title}\n${why.join('\n')}\n`);
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** @param {any[]} suites @returns {any[]} */
function specsOf(suites = []) {
  return suites.flatMap((suite) => [...suite.specs, ...specsOf(suite.suites)]);
}

/** One command that either passes or fails. @param {string} command @returns {() => Counts} */
const check = (command) => () => {
  const isGreen =
    spawnSync('npm', ['run', '-s', command], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
  return { passed: isGreen ? 1 : 0, failed: isGreen ? 0 : 1, skipped: 0 };
};

/** Tests whose report is counted; a run that ends without a report counts as one failure. */
const counted = (/** @type {string} */ name, /** @type {() => boolean} */ run, /** @type {(file: string) => Counts} */ read) => () => {
  const isGreen = run();
  try {
    const counts = read(path.join(reports, `${name}.json`));
    return { ...counts, failed: isGreen ? counts.failed : Math.max(1, counts.failed) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const vitest = (/** @type {string} */ name, /** @type {string[]} */ projects) =>
  counted(
    name,
    () =>
      node([
        bin('vitest/vitest.mjs'),
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${path.join(reports, `${name}.json`)}`,
      ]),
    readVitest,
  );

const journeys = counted(
  'journeys',
  () => {
    build();
    return node([bin('@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: path.join(reports, 'journeys.json'),
    });
  },
  readPlaywright,
);

const steps = /** @type {const} */ ([
  ['registry is fresh', check('test:registry')],
  ['format', check('test:format')],
  ['lint', check('test:lint')],
  ['layer rules', check('test:layers')],
  ['types', check('test:types')],
  ['unit and contract tests (CPU)', vitest('unit', ['core', 'app'])],
  ['core on WebGL', vitest('webgl', ['webgl'])],
  ['journeys', journeys],
]);

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
if (!ensureChromium()) {
  console.error('The tests need a browser of the Chromium family and could not install one. Install chromium, or set CHROMIUM_PATH.');
  process.exit(1);
}

const results = steps.map(([name, step]) => {
  const startedMs = performance.now();
  console.log(`\n— ${name}`);
  return { name, ...step(), seconds: (performance.now() - startedMs) / 1000 };
});

console.log('');
for (const note of notes) console.log(note);
for (const { name, passed, failed, skipped, seconds } of results) {
  console.log(
    `${failed ? 'FAILED ' : 'ok     '} ${name.padEnd(32)} ${passed} passed, ${failed} failed, ${skipped} skipped  (${seconds.toFixed(0)} s)`,
  );
}
const total = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exitCode = total('failed') ? 1 : 0;
