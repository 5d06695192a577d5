/** @file The temporary files of saves: how they are called, and which of them a killed process has left behind. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';

/** Short, whatever the file is called: names of 255 bytes are all that most systems take. Processes are known on one machine only. */
const PREFIX = `.espalier-${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}-`;
const PATTERN = new RegExp(`^\\${PREFIX}(\\d+)-([0-9a-f]+)-\\d+\\.tmp$`);
/** The number of a process is given to another one in time, also our own to one before us. */
const START = randomBytes(4).toString('hex');
let serial = 0;

/** A name that no other save uses. */
export function nameTemporary(): string {
  return `${PREFIX}${process.pid}-${START}-${++serial}.tmp`;
}

/** A name that says what it is, for content that stays where a save ends by force; no save clears it away. */
export function nameWhole(file: string): string {
  const { name, ext } = path.parse(file);
  return `${name.slice(0, 40)} (saved whole ${process.pid}-${++serial})${ext.slice(0, 20)}`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Deletes what saves of processes that ended by force have left in a folder. What cannot be read or deleted stays. */
export async function clearLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const [, pid, start] = PATTERN.exec(name) ?? [];
    if (pid === undefined) continue;
    const isLeft = Number(pid) === process.pid ? start !== START : !isRunning(Number(pid));
    if (isLeft) await unlink(path.join(folder, name)).catch(() => undefined);
  }
}
