/** @file Netron, where Python can fetch it: another program that opens large networks, on the same chain as ONNX. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installInPage } from './in-page.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const VENV = path.join(here, '../../out/bench-python');
const PACKAGES = ['netron==9.3.3', 'onnx==1.23.2'];
const isWindows = process.platform === 'win32';
const python = path.join(VENV, isWindows ? 'Scripts/python.exe' : 'bin/python');

/** @returns {boolean} whether there is a Python with both packages now */
function ensurePython() {
  const hasPackages = () => existsSync(python) && spawnQuietly(python, ['-c', 'import netron, onnx']);
  if (hasPackages()) return true;
  return (
    spawnQuietly(isWindows ? 'python' : 'python3', ['-m', 'venv', VENV]) &&
    spawnQuietly(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]) &&
    hasPackages()
  );
}

function spawnQuietly(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 180_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * Netron with a chain as a file, or undefined where it cannot be had.
 * @param {number} members @param {string} file to write
 * @returns {Promise<{ url: string, close: () => void } | undefined>}
 */
export async function serveNetron(members, file) {
  if (!ensurePython()) return undefined;
  const running = spawn(python, [path.join(here, 'serve_netron.py'), String(members), file], { stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await new Promise((resolve) => {
    let said = '';
    running.stdout.on('data', (part) => {
      said += part;
      const [address] = /^http:\S+$/m.exec(said) ?? [];
      if (address) resolve(address);
    });
    running.once('exit', () => resolve(undefined));
  });
  return url === undefined ? undefined : { url, close: () => void running.kill() };
}

/** It asks for consent and forbids `eval`, which Playwright needs. */
function readyNetron() {
  document.cookie = 'consent=1';
  const { eval: kept } = globalThis;
  Object.defineProperty(globalThis, 'eval', { get: () => kept, set: () => {} });
}

/**
 * Milliseconds from choosing the file until the graph has been painted.
 * @param {import('playwright').Browser} browser @param {string} url @param {string} file
 */
export async function openInNetron(browser, url, file) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    // It asks others where one is, and tells them.
    await page.route(
      (address) => address.hostname !== 'localhost' && address.hostname !== '127.0.0.1',
      (route) => route.abort(),
    );
    await page.addInitScript(readyNetron);
    await page.addInitScript(installInPage);
    await page.goto(url);
    await page.waitForFunction(() => document.body.className === 'welcome');
    await page.evaluate(() => {
      const input = document.getElementById('open-file-dialog');
      input?.addEventListener('change', () => void (globalThis.bench.startedMs = performance.now()), { capture: true });
    });
    await page.setInputFiles('#open-file-dialog', file);
    return await page.evaluate(() =>
      globalThis.bench.until(() => document.body.className === 'default' && document.querySelector('.node.graph-node') !== null),
    );
  } finally {
    await page.close();
  }
}
