/** @file Files that the system hands over, before or after the window is ready to take them. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const EXTENSION = '.espalier';

/**
 * Documents named on a command line, as absolute paths: a second start hands its own to the first, which stands in another folder.
 * Switches and the app's own path are not documents; the menus of some desktops name files by address.
 */
export function documentsOf(argv: readonly string[], folder: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => !argument.startsWith('-') && argument.toLowerCase().endsWith(EXTENSION))
    .map((argument) => path.resolve(folder, pathOf(argument)));
}

function pathOf(argument: string): string {
  if (!argument.startsWith('file://')) return argument;
  try {
    return fileURLToPath(argument);
  } catch {
    return argument;
  }
}

export interface Inbox {
  /** Hands the file over now, or keeps it until the window is ready. */
  deliver(file: string): void;
  ready(): void;
  /** The window is reloading: keep files until it is ready again. */
  pause(): void;
}

/** `take` gets one file after the other, in the order in which they were delivered, and tells itself what fails. */
export function makeInbox(take: (file: string) => Promise<void>): Inbox {
  let isReady = false;
  let before = Promise.resolve();
  const waiting: string[] = [];
  const next = (file: string): void => void (before = before.then(() => take(file)));
  return {
    deliver(file) {
      if (isReady) next(file);
      else waiting.push(file);
    },
    ready() {
      isReady = true;
      for (const file of waiting.splice(0)) next(file);
    },
    pause() {
      isReady = false;
    },
  };
}
