import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { atomicSave } from './atomic-save.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-save-'));
});

it('replaces the content and leaves nothing else behind', async () => {
  const file = path.join(folder, 'a.espalier');
  writeFileSync(file, 'old');
  chmodSync(file, 0o640);
  await atomicSave(file, 'größer');
  expect(readFileSync(file, 'utf8')).toBe('größer');
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['a.espalier']);
});

it('writes through a symbolic link', async () => {
  const file = path.join(folder, 'real');
  const link = path.join(folder, 'link');
  writeFileSync(file, 'old');
  symlinkSync(file, link);
  await atomicSave(link, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

it('keeps the old file and no leftovers when the new one cannot take its place', async () => {
  const target = path.join(folder, 'taken');
  mkdirSync(path.join(target, 'inside'), { recursive: true });
  await expect(atomicSave(target, 'x')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});

it('saves of one path happen in the order in which they were asked for', async () => {
  const file = path.join(folder, 'a');
  await Promise.all(Array.from({ length: 20 }, (_, index) => atomicSave(file, `version ${index}`)));
  expect(readFileSync(file, 'utf8')).toBe('version 19');
});
