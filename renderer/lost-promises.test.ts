import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** Dialogs that are closed answer undefined; what they lead to is not awaited. `obey` is where a command that fails is told. */
const TOLD = ['ask', 'obey', 'write', 'load', 'writeClipboard', 'flush', 'finally'];
const FLOW = ['fitView', 'fitBounds', 'setCenter', 'setViewport', 'zoomIn', 'zoomOut'];
const NO_PROMISE = ['edit', 'setTimeout', 'delete', 'add', 'set', 'push', 'replace'];
/** Whose promise may be let go, since it never rejects: what fails there is told there. */
const NEVER_REJECT = new Set([...TOLD, ...FLOW, ...NO_PROMISE]);

const root = path.join(import.meta.dirname, '..');

function sources(folder: string): string[] {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.tsx?$/.test(name) && !/\.test\.|fake-electron/.test(name)).map((name) => path.join(folder, name));
}

it('lets no promise go that may reject: what is not awaited ends where it is told (D7)', () => {
  const lost: string[] = [];
  for (const file of [...sources('renderer'), ...sources('electron')]) {
    const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
    lines.forEach((line, i) => {
      const dropped = /\bvoid ((?:[\w$]+(?:\.|\?\.|\([^()]*\)\.))*)([\w$]+)(?:<[^>]*>)?\(/.exec(line);
      const isCaught = [line, ...lines.slice(i + 1, i + 4)].some((each) => each.includes('.catch('));
      if (dropped && !NEVER_REJECT.has(dropped[2]!) && !isCaught) lost.push(`${file}:${i + 1}: ${line.trim()}`);
    });
  }
  expect(lost).toEqual([]);
});

it('runs a command in one place only, where its failure is told (D7)', () => {
  const runners = sources('renderer').filter((file) => /\bcommand\.run\(/.test(readFileSync(path.join(root, file), 'utf8')));
  expect(runners).toEqual(['renderer/commands/command.ts']);
});
