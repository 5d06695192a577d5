import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { tf } from '../tensor/tf.ts';

const core = path.join(import.meta.dirname, '..');
const readme = readFileSync(path.join(core, 'README.md'), 'utf8');
/** Each example is followed by what it prints. */
const examples = [...readme.matchAll(/```ts\n(?<code>[^`]*)```\n\n```text\n(?<printed>[^`]*)```/g)].map(({ groups }) => groups ?? {});
// Beside package.json, where the README says to save an example, so that its imports hold.
const folder = path.join(core, '../out/readme');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("core's README", () => {
  it('has an example of training in about 30 lines, and one of capture and perturb', () => {
    expect((examples[0]?.['code'] ?? '').trimEnd().split('\n').length).toBeLessThanOrEqual(32);
    expect(examples[1]?.['code']).toContain('this.perturb(');
  });

  it('follows every piece of TypeScript by what it prints, here and in the READMEs of the folders', () => {
    const pages = ['.', ...readdirSync(core)].map((name) => path.join(core, name, 'README.md')).filter((page) => existsSync(page));
    const pieces = pages.flatMap((page) => readFileSync(page, 'utf8').match(/^```ts$/gm) ?? []);
    expect(pages.length).toBeGreaterThan(3);
    expect(pieces).toHaveLength(examples.length);
  });

  it.each(examples.map((example, i) => [i + 1, example] as const))(
    'prints what it says: example %i, without a tensor left',
    async (i, { code, printed }) => {
      mkdirSync(folder, { recursive: true });
      const file = path.join(folder, `example-${i}.ts`);
      writeFileSync(file, (code ?? '').replaceAll("from './core/", "from '../../core/"));
      const lines: string[] = [];
      const log = vi.spyOn(console, 'log').mockImplementation((...args: unknown[]) => {
        lines.push(args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg))).join(' '));
      });
      const before = tf.memory().numTensors;
      try {
        await import(/* @vite-ignore */ file);
      } finally {
        log.mockRestore();
      }
      expect(`${lines.join('\n')}\n`).toBe(printed);
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
