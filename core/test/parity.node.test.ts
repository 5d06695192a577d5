/** @file Holds PARITY.md against Flax's names and our exports. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as core from '../index.ts';
import flax from './flax-names.json' with { type: 'json' };

interface Row {
  readonly names: readonly string[];
  readonly here: readonly string[];
  readonly status: string;
  readonly notes: string;
}

const page = readFileSync(new URL('../PARITY.md', import.meta.url), 'utf8');
const codes = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

/** The rows of the tables under the headings that `isWanted`, each with its cells. */
function cellsUnder(isWanted: (heading: string) => boolean): string[][] {
  let heading = '';
  return page.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) heading = line.slice(3);
    const isRow = line.startsWith('|') && !/^\|[\s|:-]+$/.test(line) && !/^\| (Flax|Here|Case) /.test(line);
    return isRow && isWanted(heading) ? [line.split('|').slice(1, -1)] : [];
  });
}

const rows: Row[] = cellsUnder((heading) => !['Ours alone', 'Cases without a test'].includes(heading)).map(
  ([names, here, status, notes]) => ({
    names: codes(names!),
    here: codes(here!),
    status: status!.trim(),
    notes: notes!.trim(),
  }),
);
const exported = core as unknown as Record<string, unknown>;

function exists(name: string): boolean {
  const [owner, member] = name.split('#');
  const value = exported[owner!];
  return member === undefined
    ? value !== undefined
    : typeof (value as { prototype: Record<string, unknown> }).prototype[member] === 'function';
}

describe('PARITY.md', () => {
  it('has exactly one row for every name of flax.nnx', () => {
    const listed = rows.flatMap(({ names }) => names);
    expect(flax.names.filter((name) => !listed.includes(name))).toEqual([]);
    expect(listed.filter((name, i) => listed.indexOf(name) !== i)).toEqual([]);
  });

  it('says done, differs or absent, and why where it is not done', () => {
    expect(rows.filter(({ status }) => !['done', 'differs', 'absent'].includes(status))).toEqual([]);
    expect(rows.filter(({ status, notes }) => status !== 'done' && notes === '').map(({ names }) => names)).toEqual([]);
  });

  it('names something for everything done or different, nothing for everything absent', () => {
    expect(rows.filter(({ status, here }) => (status === 'absent') !== (here.length === 0)).map(({ names }) => names)).toEqual([]);
  });

  it('names only what core exports', () => {
    expect(rows.flatMap(({ here }) => here).filter((name) => !exists(name))).toEqual([]);
  });

  it('names everything that core exports', () => {
    const ours = cellsUnder((heading) => heading === 'Ours alone').flatMap(([names]) => codes(names!));
    const listed = new Set([...rows.flatMap(({ here }) => here), ...ours].map((name) => name.split('#')[0]));
    expect(Object.keys(exported).filter((name) => !listed.has(name))).toEqual([]);
    expect(ours.filter((name) => !exists(name))).toEqual([]);
  });
});
