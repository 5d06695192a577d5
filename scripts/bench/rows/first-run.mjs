/** @file Row: the first run of the digits model, cold, now and before shaders were compiled less, each in a browser that was just started. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPage } from '../page.mjs';
import { atMost, defineRow } from '../row.mjs';
import { median, milliseconds } from '../statistics.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const BEFORE = '3445325';
const ROUNDS = 5;
const ENTRY = 'core/bench/first-run.ts';

/**
 * The sources as they were then, with today's measurement among them.
 * @param {string} out @returns {string | undefined} the entry, from the root; undefined where the history is not there
 */
function sourcesBefore(out) {
  const folder = path.join(out, BEFORE);
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync(
      'git',
      ['archive', '--format=tar', '-o', path.join(folder, 'then.tar'), BEFORE, 'core', 'assets', 'tsconfig.json', 'tsconfig.base.json'],
      {
        cwd: root,
        stdio: 'pipe',
      },
    );
    execFileSync('tar', ['-xf', 'then.tar'], { cwd: folder });
  } catch {
    return undefined;
  }
  if (!existsSync(path.join(folder, 'core/bench'))) return undefined;
  copyFileSync(path.join(root, ENTRY), path.join(folder, ENTRY));
  return path.relative(root, path.join(folder, ENTRY));
}

export const row = defineRow({
  about: `the first run of the digits model, cold: compile time, over that of ${BEFORE}`,
  where: ['webgl'],
  async run({ out, bundle, newBrowser, tell }, where) {
    const before = sourcesBefore(out);
    const files = [await bundle(ENTRY, 'browser'), ...(before ? [await bundle(before, 'browser')] : [])];
    /** @type {import('../../../core/bench/first-run.ts').FirstRun[][]} */
    const times = files.map(() => []);
    for (let round = 0; round < ROUNDS; round++)
      for (const [side, file] of files.entries()) {
        const browser = await newBrowser();
        const page = await openPage(browser, { file });
        times[side]?.push(await page.evaluate(async () => (await import(/* @vite-ignore */ `${location.origin}/bench.mjs`)).firstRun()));
        await browser.close();
      }
    const [now, then] = times.map((runs) => ({
      cold: median(runs.map(({ coldMs }) => coldMs)),
      compile: median(runs.map(({ coldMs, warmMs }) => coldMs - warmMs)),
    }));
    if (!now) return;
    const told = ({ compile, cold }) => `compiling ${milliseconds(compile)} of a first run of ${milliseconds(cold)}`;
    if (then)
      tell(
        atMost(
          `first run of the digits model, cold: compile time over that of ${BEFORE}`,
          where,
          now.compile / then.compile,
          0.5,
          `${told(now)} against ${told(then)}`,
        ),
      );
    else {
      console.log(`Skipped the comparison with ${BEFORE}: the history is not here.`);
      tell(atMost('first run of the digits model, cold: compile time in ms', where, now.compile, 500, told(now)));
    }
  },
});
