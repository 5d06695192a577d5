import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { atomicSave } from './atomic-save.ts';
import { nameTemporary } from './save-leftovers.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-save-'));
});
const inFolder = (name: string): string => path.join(folder, name);

it('replaces the content and leaves nothing else behind', async () => {
  const file = inFolder('a.espalier');
  writeFileSync(file, 'old');
  await atomicSave(file, 'größer');
  expect(readFileSync(file, 'utf8')).toBe('größer');
  expect(readdirSync(folder)).toEqual(['a.espalier']);
});

it('keeps permissions, also those that the process would not give (D5)', async () => {
  const umask = process.umask(0o077);
  try {
    for (const mode of [0o640, 0o666, 0o664, 0o777]) {
      const file = inFolder(`mode-${mode}`);
      writeFileSync(file, 'old');
      chmodSync(file, mode);
      await atomicSave(file, 'new');
      expect(statSync(file).mode & 0o7777).toBe(mode);
    }
    await atomicSave(inFolder('fresh'), 'new');
    expect(statSync(inFolder('fresh')).mode & 0o777).toBe(0o600);
  } finally {
    process.umask(umask);
  }
});

it('keeps the old file and no leftovers when the new one cannot take its place', async () => {
  mkdirSync(inFolder('taken/inside'), { recursive: true });
  await expect(atomicSave(inFolder('taken'), 'x')).rejects.toThrow('taken is a folder, not a file. Save under another name.');
  expect(readdirSync(folder)).toEqual(['taken']);
});

it('saves of one path happen in the order in which they were asked for', async () => {
  const file = inFolder('a');
  await Promise.all(Array.from({ length: 20 }, (_, index) => atomicSave(file, `version ${index}`)));
  expect(readFileSync(file, 'utf8')).toBe('version 19');
});

it('takes every name that the system takes (D5)', async () => {
  const file = inFolder(`${'n'.repeat(246)}.espalier`);
  await atomicSave(file, 'x');
  expect(readFileSync(file, 'utf8')).toBe('x');
});

describe('a link (D5)', () => {
  it('is written through, over several links, too', async () => {
    writeFileSync(inFolder('real'), 'old');
    symlinkSync('real', inFolder('link'));
    symlinkSync(inFolder('link'), inFolder('link-to-link'));
    await atomicSave(inFolder('link-to-link'), 'new');
    expect(readFileSync(inFolder('real'), 'utf8')).toBe('new');
    expect(lstatSync(inFolder('link')).isSymbolicLink()).toBe(true);
    expect(lstatSync(inFolder('link-to-link')).isSymbolicLink()).toBe(true);
  });

  it('to a file that is not there yet makes that file', async () => {
    mkdirSync(inFolder('far'));
    symlinkSync(path.join('far', 'new.espalier'), inFolder('link'));
    await atomicSave(inFolder('link'), 'x');
    expect(readFileSync(inFolder('far/new.espalier'), 'utf8')).toBe('x');
    expect(lstatSync(inFolder('link')).isSymbolicLink()).toBe(true);
  });

  it('to a folder that is not there, or back to itself, is refused and stays', async () => {
    symlinkSync(inFolder('gone/file'), inFolder('dangling'));
    symlinkSync('loop', inFolder('loop'));
    await expect(atomicSave(inFolder('dangling'), 'x')).rejects.toThrow(/dangling is a link to .*gone\/file, and there is no folder/);
    await expect(atomicSave(inFolder('loop'), 'x')).rejects.toThrow('loop is a link that leads back to itself');
    expect(readdirSync(folder).sort()).toEqual(['dangling', 'loop']);
  });
});

describe('a file of several names (D5)', () => {
  it.each([
    ['longer', 'what was written before, which is longer'],
    ['shorter', 'old'],
    ['empty', ''],
  ])('stays one file, whose content was %s, with its permissions', async (_, before) => {
    writeFileSync(inFolder('a'), before);
    chmodSync(inFolder('a'), 0o640);
    linkSync(inFolder('a'), inFolder('b'));
    symlinkSync('b', inFolder('link'));
    const { ino } = statSync(inFolder('a'));
    for (const [i, name] of ['a', 'b', 'link'].entries()) {
      await atomicSave(inFolder(name), `größer ${i}`);
      for (const each of ['a', 'b']) {
        expect(readFileSync(inFolder(each), 'utf8')).toBe(`größer ${i}`);
        expect(statSync(inFolder(each))).toMatchObject({ ino, nlink: 2 });
        expect(statSync(inFolder(each)).mode & 0o777).toBe(0o640);
      }
    }
    expect(lstatSync(inFolder('link')).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['a', 'b', 'link']);
  });

  it('is refused where it is read-only, and stays', async () => {
    writeFileSync(inFolder('a'), 'old');
    linkSync(inFolder('a'), inFolder('b'));
    chmodSync(inFolder('a'), 0o444);
    await expect(atomicSave(inFolder('b'), 'new')).rejects.toThrow('b is read-only');
    expect([readFileSync(inFolder('a'), 'utf8'), readdirSync(folder).sort()]).toEqual(['old', ['a', 'b']]);
  });
});

describe('what is no file to write (D5)', () => {
  it('is refused: a read-only file', async () => {
    const file = inFolder('kept');
    writeFileSync(file, 'old');
    chmodSync(file, 0o444);
    await expect(atomicSave(file, 'new')).rejects.toThrow('kept is read-only. Allow writing to it, or save under another name.');
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['old', ['kept']]);
  });

  it('is refused: a device and a pipe, also behind a link', async () => {
    execFileSync('mkfifo', [inFolder('pipe')]);
    symlinkSync('/dev/null', inFolder('link'));
    await expect(atomicSave(inFolder('pipe'), 'x')).rejects.toThrow('pipe is a pipe, not a file');
    await expect(atomicSave(inFolder('link'), 'x')).rejects.toThrow('null is a device, not a file');
    expect(lstatSync(inFolder('pipe')).isFIFO()).toBe(true);
  });

  it('is refused: a folder that is gone', async () => {
    await expect(atomicSave(inFolder('gone/a'), 'x')).rejects.toThrow(`The folder ${inFolder('gone')} is not there any more.`);
  });
});

describe('what a killed save left behind (D5)', () => {
  it('goes with the next save in its folder, what another process writes at present does not', async () => {
    const ended = spawn(process.execPath, ['-e', '']);
    const pid = ended.pid!;
    await new Promise((resolve) => ended.on('exit', resolve));
    const ofPid = (other: number): string => nameTemporary().replace(`-${process.pid}-`, `-${other}-`);
    const [dead, alive, before] = [ofPid(pid), ofPid(process.ppid), nameTemporary().replace(/-[0-9a-f]+(-\d+\.tmp)$/, '-00000000$1')];
    const foreign = dead.replace(/^\.espalier-[0-9a-f]{8}/, '.espalier-00000000');
    for (const name of [dead, alive, before, foreign, 'notes.tmp']) writeFileSync(inFolder(name), 'half');
    await atomicSave(inFolder('a'), 'x');
    expect(readdirSync(folder).sort()).toEqual([alive, foreign, 'a', 'notes.tmp'].sort());
  });
});
