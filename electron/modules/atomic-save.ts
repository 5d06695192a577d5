/** @file Saves that either happen whole or leave the old file as it was. */
import { chmod, open, readFile, rename, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { clearLeftovers, nameTemporary, nameWhole } from './save-leftovers.ts';
import { findSaveTarget, type SaveTarget } from './save-target.ts';

const RENAME_RETRIES_MS = [20, 100, 400];

async function renameStubbornly(from: string, to: string): Promise<void> {
  for (const delayMs of [...RENAME_RETRIES_MS, undefined]) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      // Virus scanners on Windows hold fresh files for a moment.
      const isBusy = ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error));
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

/** Gives the new file the owner, if the system allows it, and the permissions of the old. A file that is wholly new gets the usual ones. */
async function likeBefore(handle: FileHandle, temporary: string, { before }: SaveTarget): Promise<void> {
  if (!before) return;
  const { uid, gid } = await handle.stat();
  if (uid !== before.uid || gid !== before.gid) await handle.chown(before.uid, before.gid).catch(() => undefined);
  // Asked for when the file is opened, they would shrink by the process's mask.
  await chmod(temporary, before.mode & 0o7777);
}

/** Writes over what is there, whatever its length was. */
async function writeOver(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
    await handle.truncate(bytes.length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * A file of several names is one file: a new one in its place would leave the other names with the old content. It is written over, while the
 * whole new content lies beside it, to be found if all ends by force in between; after an error the old content is written back.
 */
async function saveThrough(file: string, bytes: Uint8Array, temporary: string): Promise<void> {
  const whole = path.join(path.dirname(file), nameWhole(file));
  const before = await readFile(file);
  await renameStubbornly(temporary, whole);
  try {
    await writeOver(file, bytes);
  } catch (error) {
    // Where even this fails, the whole content stays beside the file.
    await writeOver(file, before);
    await unlink(whole).catch(() => undefined);
    throw error;
  }
  await unlink(whole).catch(() => undefined);
}

async function saveNow(asked: string, content: string | Uint8Array): Promise<void> {
  const target = await findSaveTarget(asked);
  const folder = path.dirname(target.file);
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  await clearLeftovers(folder);
  const temporary = path.join(folder, nameTemporary());
  const handle = await open(temporary, 'wx', 0o666).catch((error: unknown) => {
    throw new Error(explainFolder(folder, error), { cause: error });
  });
  try {
    await handle.writeFile(bytes);
    await likeBefore(handle, temporary, target);
    await handle.sync();
    const { size } = await handle.stat();
    if (size !== bytes.length) throw new Error(`Only ${size} of ${bytes.length} bytes could be written to ${folder}: is the disk full?`);
    await handle.close();
    if (target.before && target.before.nlink > 1) await saveThrough(target.file, bytes, temporary);
    else await renameStubbornly(temporary, target.file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(folder);
}

function explainFolder(folder: string, error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return `The folder ${folder} is not there any more. Save to another place.`;
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return `The folder ${folder} may not be written to. Save to another place.`;
  if (code === 'ENOSPC' || code === 'EDQUOT') return `The disk of ${folder} is full. Make room, or save to another place.`;
  return `Nothing can be written to the folder ${folder}: ${error instanceof Error ? error.message : String(error)}`;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

const queues = new Map<string, Promise<unknown>>();

/**
 * Replaces the file's content in one step: written beside it, synced, then renamed over it; a file that has several names is written over, so
 * that all keep it. On any error the old content stays and nothing else is left behind. Saves of one path happen one after the other.
 * @throws Error that says what stands at the path, or why its folder takes no file, and what to do.
 */
export function atomicSave(target: string, content: string | Uint8Array): Promise<void> {
  const before = queues.get(target) ?? Promise.resolve();
  const done = before.catch(() => undefined).then(() => saveNow(target, content));
  const ended = done.catch(() => undefined);
  queues.set(target, ended);
  void ended.finally(() => {
    if (queues.get(target) === ended) queues.delete(target);
  });
  return done;
}
