/** @file Starts one side of a comparison where nothing else is loaded: a process of its own in Node, or a page of its own in a browser. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPage } from './page.mjs';

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
      // One of the two wins; the other must not go on listening.
      const asked = new AbortController();
      const { signal } = asked;
      const ended = once(running, 'exit', { signal }).then(() => {
        throw new Error(`The process of ${file} has ended.`);
      });
      ended.catch(() => undefined);
      running.send(message);
      try {
        const [answer] = await Promise.race([once(running, 'message', { signal }), ended]);
        return answer;
      } finally {
        asked.abort();
      }
    },
    async close() {
      running.kill();
    },
  };
}

/** @param {import('playwright').Browser} browser @param {string} file @returns {Promise<RunningSide>} */
export async function startPage(browser, file) {
  const page = await openPage(browser, { file });
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
