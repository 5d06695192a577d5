/** @file Finds a browser that can run the tests: `CHROMIUM_PATH`, an installed Chromium, Chrome or Edge, or Playwright's own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Software rendering is asked for by name: without it newer Chromium gives no WebGL on a machine without a GPU. */
export const CHROMIUM_ARGS = ['--no-sandbox', '--enable-unsafe-swiftshader'];

/** @returns {string | undefined} the path of a browser of the Chromium family, or undefined */
export function findChromium() {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return existsSync(given) ? given : undefined;
  for (const name of NAMES) {
    try {
      return execFileSync(process.platform === 'win32' ? 'where' : 'which', [name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
        .split('\n')[0]
        .trim();
    } catch {
      // Not installed under this name.
    }
  }
  return PLACES.find((path) => existsSync(path));
}

/**
 * Finds a browser or lets Playwright install one.
 * @returns {boolean} whether there is one now
 */
export function ensureChromium() {
  if (findChromium()) return true;
  console.log('No Chromium, Chrome or Edge found: asking Playwright to install one …');
  return spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}
