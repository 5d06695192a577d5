/**
 * @file Looks for Electron's program file. Importing `electron` from plain Node would start a download, so this looks
 * at the files instead.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const EXECUTABLES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const executable = EXECUTABLES[/** @type {keyof typeof EXECUTABLES} */ (process.platform)] ?? 'electron';
const PROBE_MS = 4000;

/** @returns {string | undefined} */
export function findElectron(env = process.env) {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const file = path.join(override, executable);
    return existsSync(file) ? file : undefined;
  }
  try {
    const folder = path.dirname(require.resolve('electron/package.json'));
    const file = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8'));
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined; // Not downloaded yet: `path.txt` is written by the download.
  }
}

/** Fetches the program file if its place answers at all; a blocked network is given up after four seconds. */
export async function fetchElectron(env = process.env) {
  if (env['ELECTRON_OVERRIDE_DIST_PATH']) return undefined;
  const place = env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases';
  try {
    await fetch(place, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
  } catch {
    return undefined;
  }
  try {
    spawnSync(process.execPath, [require.resolve('electron/install.js')], { stdio: ['ignore', 'ignore', 'ignore'], timeout: 300_000 });
  } catch {
    return undefined;
  }
  return findElectron(env);
}
