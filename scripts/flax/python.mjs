/** @file What both comparisons of emitted code need: entries built from core for Node, and Python that runs what was emitted. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/** An entry of core/fixtures, bundled for Node. @param {string} root @param {string} name without extension */
export async function loadEntry(root, name) {
  const outDir = path.join(root, 'out/flax');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { ssr: path.join(root, 'core/fixtures', `${name}.ts`), outDir, emptyOutDir: false, target: 'node20' },
    ssr: { noExternal: true },
  });
  return import(pathToFileURL(path.join(outDir, `${name}.js`)).href);
}

/**
 * What a script of core/fixtures gives for each request, or how it ended.
 * @param {string} root @param {string} python @param {object} requests @param {string} [script] @param {Record<string, string>} [env]
 * @returns {{ results: any[] } | { fault: string[] }}
 */
export function runPython(root, python, requests, script = 'run_emitted.py', env = {}) {
  const { stdout, stderr, status } = spawnSync(python, ['-W', 'ignore', script], {
    cwd: path.join(root, 'core/fixtures'),
    input: JSON.stringify(requests),
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  return status === 0 ? { results: JSON.parse(stdout) } : { fault: stderr.trim().split('\n').slice(-5) };
}
