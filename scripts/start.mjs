/**
 * @file `npm start`: builds if needed, then opens the desktop window, or, where Electron's program file is not to be
 * had, says so in one line and serves the same editor at a local address. `--browser` and `--electron` force one way,
 * `--no-open` leaves the browser closed, `--port N` picks the port.
 */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { fetchElectron, findElectron } from './electron-path.mjs';
import { serve } from './serve.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const PORTS = [4173, 0]; // The usual one, so that recovery and preferences are found again; any free one if it is taken.

const { values } = parseArgs({
  options: { browser: { type: 'boolean' }, electron: { type: 'boolean' }, 'no-open': { type: 'boolean' }, port: { type: 'string' } },
});

/** @param {string} url */
function openBrowser(url) {
  const openers = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };
  const [command, ...args] = openers[/** @type {keyof typeof openers} */ (process.platform)] ?? ['xdg-open'];
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!hasDisplay) return;
  // No browser, no harm: the address stands in the terminal.
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

async function serveAnywhere() {
  const ports = values.port === undefined ? PORTS : [Number(values.port)];
  for (const [index, port] of ports.entries()) {
    try {
      return await serve(path.join(root, 'out/renderer'), port);
    } catch (error) {
      if (index === ports.length - 1) throw error;
    }
  }
  throw new Error('No port is free.');
}

build();
const electron = values.browser ? undefined : (findElectron() ?? (await fetchElectron()));
if (electron) {
  const run = spawnSync(electron, [root], { stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
} else if (values.electron) {
  console.error(
    "Electron's program file is not on this machine and could not be fetched. Try: npx install-electron, or set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH.",
  );
  process.exitCode = 1;
} else {
  const { url } = await serveAnywhere();
  const why = values.browser ? 'Espalier' : "Electron's program file is not on this machine and could not be fetched; the same editor";
  console.log(`${why} is open at ${url} (Ctrl+C ends it).`);
  if (!values['no-open']) openBrowser(url);
}
