/** @file Saves that either happen whole or leave the old file as it was. */
import { open, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

const RENAME_RETRIES_MS = [20, 100, 400];

/** Where a write really lands: symbolic links are kept, not replaced by files. */
async function realTarget(target: string): Promise<string> {
  try {
    return await realpath(target);
  } catch {
    return target; // A new file has no real path yet.
  }
}

async function renameStubbornly(from: string, to: string): Promise<void> {
  for (const delayMs of [...RENAME_RETRIES_MS, undefined]) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      // Virus scanners on Windows hold fresh files for a moment.
      const isBusy = ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isBusy || delayMs === undefined || process.platform !== 'win32') throw error;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
}

/** After a power cut the directory entry must be on disk, too. Not every system lets one sync a directory. */
async function syncDirectory(directory: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(directory, 'r');
    await handle.sync();
  } catch {
    // Windows and some network shares refuse; the rename itself is done.
  } finally {
    await handle?.close();
  }
}

async function modeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch {
    return 0o644;
  }
}

let serial = 0;
const queues = new Map<string, Promise<unknown>>();

async function saveNow(target: string, text: string): Promise<void> {
  const file = await realTarget(target);
  const bytes = Buffer.from(text, 'utf8');
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.${++serial}.tmp`);
  const handle = await open(temporary, 'wx', await modeOf(file));
  try {
    await handle.writeFile(bytes);
    await handle.sync();
    const { size } = await handle.stat();
    if (size !== bytes.length)
      throw new Error(`Only ${size} of ${bytes.length} bytes could be written to ${path.dirname(file)}: is the disk full?`);
    await handle.close();
    await renameStubbornly(temporary, file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(path.dirname(file));
}

/**
 * Replaces the file's content in one step: written beside it, synced, then renamed over it. On any error the old
 * content stays and nothing else is left behind. Saves of one path happen one after the other.
 */
export function atomicSave(target: string, text: string): Promise<void> {
  const before = queues.get(target) ?? Promise.resolve();
  const done = before.catch(() => undefined).then(() => saveNow(target, text));
  queues.set(target, done);
  return done.finally(() => {
    if (queues.get(target) === done) queues.delete(target);
  });
}
