/** @file What a save really writes to: links are followed, and what is no plain file is refused. */
import { access, constants, lstat, readlink, realpath, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import path from 'node:path';

export interface SaveTarget {
  /** Behind all links. */
  readonly file: string;
  /** The file as it is now; absent: there is none yet. */
  readonly before?: Pick<Stats, 'mode' | 'uid' | 'gid' | 'nlink'>;
}

/** Linux follows as many. */
const MAX_LINKS = 40;

/** @throws Error with a message for the user where a save would not write a plain file that may be written. */
export async function findSaveTarget(asked: string): Promise<SaveTarget> {
  const file = await followLinks(asked);
  const before = await stat(file).catch(unlessMissing);
  if (!before) return { file };
  const name = path.basename(file);
  if (!before.isFile()) throw new Error(`${name} is ${kindOf(before)}, not a file. Save under another name.`);
  if (!(await mayWrite(file, before))) throw new Error(`${name} is read-only. Allow writing to it, or save under another name.`);
  return { file, before };
}

/** The file that a path means, also one that is not there yet behind a link. */
async function followLinks(asked: string): Promise<string> {
  let file = asked;
  for (let links = 0; links < MAX_LINKS; links++) {
    const entry = await lstat(file).catch(unlessMissing);
    if (!entry?.isSymbolicLink()) return file;
    const folder = path.dirname(file);
    const to = path.resolve(await realpath(folder), await readlink(file));
    if (!(await stat(path.dirname(to)).catch(unlessMissing)))
      throw new Error(
        `${path.basename(asked)} is a link to ${to}, and there is no folder ${path.dirname(to)}. Make it, or save to another place.`,
      );
    file = to;
  }
  throw new Error(`${path.basename(asked)} is a link that leads back to itself. Save under another name.`);
}

/** The system's answer, and the file's own: whoever may write everything is still told that a file is meant to stay. */
async function mayWrite(file: string, { mode }: Stats): Promise<boolean> {
  if ((mode & 0o222) === 0) return false;
  return access(file, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function kindOf(entry: Stats): string {
  if (entry.isDirectory()) return 'a folder';
  if (entry.isFIFO()) return 'a pipe';
  if (entry.isSocket()) return 'a socket';
  return 'a device';
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
  return undefined;
}
