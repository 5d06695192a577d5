/** @file Files that the system hands over, before or after the window is ready to take them. */

const EXTENSION = '.espalier';

/** Documents named on a command line; switches and the app's own path are not documents. */
export function documentsOf(argv: readonly string[]): string[] {
  return argv.slice(1).filter((argument) => !argument.startsWith('-') && argument.toLowerCase().endsWith(EXTENSION));
}

export interface Inbox {
  /** Hands the file over now, or keeps it until the window is ready. */
  deliver(file: string): void;
  ready(): void;
  /** The window is reloading: keep files until it is ready again. */
  pause(): void;
}

export function makeInbox(take: (file: string) => void): Inbox {
  let isReady = false;
  const waiting: string[] = [];
  return {
    deliver(file) {
      if (isReady) take(file);
      else waiting.push(file);
    },
    ready() {
      isReady = true;
      for (const file of waiting.splice(0)) take(file);
    },
    pause() {
      isReady = false;
    },
  };
}
