/** @file Small settings in one JSON file of the user's data folder, saved atomically. */
import { readFile } from 'node:fs/promises';
import { atomicSave } from './atomic-save.ts';

export interface JsonStore {
  read(key: string): Promise<string | undefined>;
  write(key: string, value: string): Promise<void>;
}

/** A damaged or missing file counts as empty: preferences must never keep the app from starting. */
async function readAll(file: string): Promise<Map<string, string>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof parsed !== 'object' || parsed === null) return new Map();
    return new Map(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return new Map();
  }
}

export function makeJsonStore(file: string): JsonStore {
  let loaded: Promise<Map<string, string>> | undefined;
  const values = (): Promise<Map<string, string>> => (loaded ??= readAll(file));
  return {
    read: async (key) => (await values()).get(key),
    write: async (key, value) => {
      const all = await values();
      all.set(key, value);
      await atomicSave(file, JSON.stringify(Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1))), null, 2));
    },
  };
}
