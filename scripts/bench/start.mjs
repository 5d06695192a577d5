/** @file What rows share: one browser, the built editor, bundles. Each is made when it is first asked for. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';
import { build } from '../build.mjs';
import { bundle } from '../bundle.mjs';
import { CHROMIUM_ARGS, findChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';

/** @template T @param {() => T} make @returns {() => T} */
function once(make) {
  /** @type {{ readonly value: T } | undefined} */
  let made;
  return () => (made ??= { value: make() }).value;
}

/** @param {string} root @param {string} out @param {import('./row.mjs').Bench['tell']} tell */
export function startBench(root, out, tell) {
  const executablePath = findChromium();
  const newBrowser = () => chromium.launch({ ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS });
  /** @type {(() => Promise<void>)[]} */
  const closers = [];
  const browser = once(async () => {
    const started = await newBrowser();
    closers.push(() => started.close());
    return started;
  });
  const app = once(async () => {
    build();
    const { url, close } = await serve(path.join(root, 'out/renderer'));
    closers.push(close);
    return url;
  });
  /** @type {Map<string, Promise<string>>} */
  const bundles = new Map();
  return {
    /** @type {import('./row.mjs').Bench} */
    bench: {
      out,
      tell,
      browser,
      newBrowser,
      app,
      bundle(entry, platform) {
        const key = createHash('sha256').update(`${platform} ${entry}`).digest('hex').slice(0, 12);
        const file = bundles.get(key) ?? bundle(path.join(root, entry), path.join(out, key), platform);
        bundles.set(key, file);
        return file;
      },
    },
    hasBrowser: executablePath !== undefined || existsSync(chromium.executablePath()),
    async close() {
      for (const close of closers.reverse()) await close();
    },
  };
}
