/** @file Unsaved documents, one file for each window, kept beside the preferences until they are saved: they survive a crash of window or app. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LeftWork } from '../shared/ipc-contract.ts';
import { atomicSave } from './atomic-save.ts';

export interface Recovery {
  write(window: string, text: string): Promise<void>;
  clear(window: string): Promise<void>;
  /** What windows before this one have left; newest first. */
  left(window: string): Promise<readonly LeftWork[]>;
  /** Clears what was written since the start: the user gave it up. */
  discard(): Promise<void>;
}

const EXTENSION = '.espalier';
const ID = /^[\w-]{1,64}$/;

export function makeRecovery(folder: string): Recovery {
  const written = new Set<string>();
  // A file is deleted behind the write that is under way, not before it.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = last.catch(() => undefined).then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const fileOf = (window: string): string => {
    if (!ID.test(window)) throw new Error(`A window has no name like ${JSON.stringify(window.slice(0, 64))}.`);
    return path.join(folder, window + EXTENSION);
  };
  const clear = (window: string): Promise<void> => {
    const file = fileOf(window);
    return inTurn(() => rm(file, { force: true }));
  };
  return {
    write(window, text) {
      const file = fileOf(window);
      written.add(window);
      return inTurn(async () => {
        await mkdir(folder, { recursive: true });
        await atomicSave(file, text);
      });
    },
    clear,
    async left(window) {
      const names = await readdir(folder).catch((): string[] => []);
      const ids = names.filter((name) => name.endsWith(EXTENSION)).map((name) => name.slice(0, -EXTENSION.length));
      const found = await Promise.all(ids.filter((id) => id !== window && ID.test(id)).map((id) => readLeft(id, fileOf(id))));
      return found.filter((work) => work !== undefined).sort((a, b) => b.atMs - a.atMs);
    },
    async discard() {
      await Promise.all([...written].map(clear));
    },
  };
}

/** A file that cannot be read is told as one without a text; one that is gone is none. */
async function readLeft(id: string, file: string): Promise<LeftWork | undefined> {
  try {
    const { mtimeMs } = await stat(file);
    return { id, atMs: mtimeMs, text: await readFile(file, 'utf8') };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : { id, atMs: 0, text: '' };
  }
}
