/** @file The unsaved document, kept beside the preferences until it is saved: it survives a crash of window or app. */
import { readFile, rm } from 'node:fs/promises';
import { atomicSave } from './atomic-save.ts';

export interface Recovery {
  write(text: string): Promise<void>;
  /** Undefined when the last session ended with everything saved. */
  read(): Promise<string | undefined>;
  clear(): Promise<void>;
}

export function makeRecovery(file: string): Recovery {
  return {
    write: (text) => atomicSave(file, text),
    read: async () => {
      try {
        return await readFile(file, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    clear: () => rm(file, { force: true }),
  };
}
