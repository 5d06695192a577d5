import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { makeRecovery, type Recovery } from './recovery.ts';

let folder: string;
let recovery: Recovery;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'espalier-recovery-')), 'recovery');
  recovery = makeRecovery(folder);
});
const idsLeft = async (window: string) => (await recovery.left(window)).map(({ id, text }) => [id, text]);

it('keeps the work of each window apart, and offers each what others have left (D3)', async () => {
  expect(await recovery.left('a')).toEqual([]);
  await recovery.write('a', 'of a');
  await recovery.write('b', 'of b');
  utimesSync(path.join(folder, 'a.espalier'), 1, 1);
  expect(await idsLeft('c')).toEqual([
    ['b', 'of b'],
    ['a', 'of a'],
  ]);
  expect(await idsLeft('a')).toEqual([['b', 'of b']]);
  await recovery.clear('b');
  expect(await idsLeft('c')).toEqual([['a', 'of a']]);
});

it('clears behind the write that is under way, and leaves nothing of it', async () => {
  const wrote = recovery.write('a', 'x'.repeat(1e6));
  await recovery.clear('a');
  await wrote;
  expect(readdirSync(folder)).toEqual([]);
});

it('discards what this start has written, and not what an earlier one left (D3)', async () => {
  await recovery.write('before', 'still to be offered');
  const next = makeRecovery(folder);
  await next.write('now', 'given up');
  await next.discard();
  expect(await idsLeft('x')).toEqual([['before', 'still to be offered']]);
});

it('takes no name that leads out of its folder', async () => {
  for (const name of ['../x', 'a/b', '', '.', 'a'.repeat(65), 'a\0']) {
    await expect(async () => recovery.write(name, 'x')).rejects.toThrow('A window has no name like');
    await expect(async () => recovery.clear(name)).rejects.toThrow('A window has no name like');
  }
});

it('leaves alone what it did not write', async () => {
  await recovery.write('a', 'x');
  writeFileSync(path.join(folder, 'a b.espalier'), 'x');
  writeFileSync(path.join(folder, 'notes.txt'), 'x');
  expect(await idsLeft('b')).toEqual([['a', 'x']]);
});
