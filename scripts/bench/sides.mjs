/** @file Starts one side of a comparison where nothing else is loaded: a process of its own in Node, or a page of its own in a browser. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} RunningSide
 * @property {(method: 'start' | 'prepare' | 'time', ...args: unknown[]) => Promise<number>} ask
 * @property {() => Promise<void>} close
 */

const child = path.join(path.dirname(fileURLToPath(import.meta.url)), 'side-process.mjs');

/** @param {string} file of the bundle, which exports `side` @returns {Promise<RunningSide>} */
export async function startProcess(file) {
  const running = fork(child, [file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return {
    async ask(...message) {
      running.send(message);
      const ended = once(running, 'exit').then(() => {
        throw new Error(`The process of ${file} has ended.`);
      });
      const [answer] = await Promise.race([once(running, 'message'), ended]);
      return answer;
    },
    async close() {
      running.kill();
    },
  };
}

/** @param {import('playwright').Browser} browser @param {string} file @returns {Promise<RunningSide>} */
export async function startPage(browser, file) {
  const page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
  // A page with an address of its own: about:blank may not import modules.
  await page.route('http://bench.local/**', (route) =>
    route.request().url().endsWith('.mjs')
      ? route.fulfill({ path: file, contentType: 'text/javascript' })
      : route.fulfill({ body: '<!doctype html><title>bench</title>', contentType: 'text/html' }),
  );
  await page.goto('http://bench.local/');
  return {
    ask: (method, ...args) =>
      page.evaluate(
        async ({ method, args }) => {
          const { side } = await import(/* @vite-ignore */ `${location.origin}/bench.mjs`);
          return side[method](...args);
        },
        { method, args },
      ),
    close: () => page.close(),
  };
}
