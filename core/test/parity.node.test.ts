/** @file Holds PARITY.md against the names, options and methods of Flax, and against our exports. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as core from '../index.ts';
import { flaxNames, lackingIn, namesIn } from './flax-names.ts';

interface Row {
  readonly names: readonly string[];
  readonly here: readonly string[];
  readonly status: string;
  readonly notes: string;
}

const page = readFileSync(new URL('../PARITY.md', import.meta.url), 'utf8');
const codes = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
const OPTIONS = 'Options and methods that are absent';

/** The rows of the tables under the headings that `isWanted`, each with its cells. */
function cellsUnder(isWanted: (heading: string) => boolean): string[][] {
  let heading = '';
  return page.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) heading = line.slice(3);
    const isRow = line.startsWith('|') && !/^\|[\s|:-]+$/.test(line) && !/^\| (Flax|Here|Case) /.test(line);
    return isRow && isWanted(heading) ? [line.split('|').slice(1, -1)] : [];
  });
}

const rows: Row[] = cellsUnder((heading) => !['Ours alone', 'Cases without a test', OPTIONS].includes(heading)).map(
  ([names, here, status, notes]) => ({
    names: codes(names!),
    here: codes(here!),
    status: status!.trim(),
    notes: notes!.trim(),
  }),
);
const absentOptions = cellsUnder((heading) => heading === OPTIONS).map(([names, options, why]) => ({
  names: codes(names!),
  options: codes(options!),
  why: why!.trim(),
}));
const exported = core as unknown as Record<string, unknown>;

function exists(name: string): boolean {
  const [owner, member] = name.split('#');
  const value = exported[owner!];
  return member === undefined
    ? value !== undefined
    : typeof (value as { prototype: Record<string, unknown> }).prototype[member] === 'function';
}

describe('PARITY.md', () => {
  it('has exactly one row for every name of flax.nnx, and for no other but those of filterlib and the names that the page mentions', () => {
    const listed = rows.flatMap(({ names }) => names);
    expect(flaxNames.filter((name) => !listed.includes(name))).toEqual([]);
    expect(listed.filter((name, i) => listed.indexOf(name) !== i)).toEqual([]);
    expect(listed.filter((name) => !flaxNames.includes(name))).toEqual(['first_from', 'VariableState', 'PathIn', 'to_predicate']);
  });

  it('says done, differs or absent, and why where it is not done', () => {
    expect(rows.filter(({ status }) => !['done', 'differs', 'absent'].includes(status))).toEqual([]);
    expect(rows.filter(({ status, notes }) => status !== 'done' && notes === '').map(({ names }) => names)).toEqual([]);
  });

  it('names something for everything done or different, nothing for everything absent', () => {
    expect(rows.filter(({ status, here }) => (status === 'absent') !== (here.length === 0)).map(({ names }) => names)).toEqual([]);
  });

  it('names what is done as Flax names it, in camelCase', () => {
    const named = rows.filter(({ status }) => status === 'done').map(({ names, here }) => [names[0]!, here[0]!] as const);
    expect(named.filter(([flax, ours]) => ours !== core.toCamelCase(flax).replace('.', '#'))).toEqual([]);
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

  it('lists every option and method of Flax that something done or different lacks, with a reason', () => {
    const lacking = rows.flatMap(({ names, here }) =>
      here.length === 0 ? [] : lackingIn(names[0]!, here[0]!).map((option) => `${names[0]} ${option}`),
    );
    const listed = new Set(absentOptions.flatMap(({ names, options }) => names.flatMap((name) => options.map((o) => `${name} ${o}`))));
    expect(lacking.filter((pair) => !listed.has(pair))).toEqual([]);
    expect(absentOptions.filter(({ why }) => why === '')).toEqual([]);
  });

  it('lists no option that is there, and none that Flax does not have', () => {
    const present = absentOptions.flatMap(({ names, options }) => {
      const lacking = rows
        .filter((row) => names.includes(row.names[0]!))
        .flatMap(({ names: [flax], here: [ours] }) => lackingIn(flax!, ours!));
      const known = names.flatMap(namesIn);
      // A word of one letter occurs in every source.
      return options.filter((option) => !(option.length === 1 ? known : lacking).includes(option));
    });
    expect(present).toEqual([]);
  });
});
