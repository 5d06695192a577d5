/** @file Every numbered case of the specification is named by a test, or listed in PARITY.md with a reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import cases from './spec-cases.json' with { type: 'json' };

const root = new URL('../', import.meta.url);
const ids: readonly string[] = Object.values(cases).flat();
const ID = /\b[A-Z]{3}-\d{2,3}\b/g;

/** The ids in the texts of test files; comments do not count. */
function namedIds(): Set<string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.test.ts') && !file.includes('.venv'),
  );
  const code = files.map((file) => readFileSync(new URL(file.replaceAll('\\', '/'), root), 'utf8').replaceAll(/^\s*(\/\/|\/?\*).*$/gm, ''));
  return new Set(code.flatMap((text) => text.match(ID) ?? []));
}

const named = namedIds();
const untested = readFileSync(new URL('PARITY.md', root), 'utf8')
  .split('## Cases without a test')[1]!
  .split('\n')
  .flatMap((line) => /^\| ([A-Z]{3}-\d{2,3}) +\| +(\S.*?) +\|$/.exec(line)?.[1] ?? []);

describe('the specification', () => {
  it('has 698 cases', () => expect(new Set(ids).size).toBe(698));

  it('has a test, or a reason in PARITY.md, for every case', () => {
    expect(ids.filter((id) => !named.has(id) && !untested.includes(id))).toEqual([]);
  });

  it('has no reason for a case that is tested, and no test or reason for one that does not exist', () => {
    expect(untested.filter((id) => named.has(id))).toEqual([]);
    expect(
      [...named, ...untested].filter(
        (id) => !ids.includes(id) && /^[A-Z]{3}-\d{3}$/.test(id) && ids.some((known) => known.startsWith(id.slice(0, 3))),
      ),
    ).toEqual([]);
  });
});
