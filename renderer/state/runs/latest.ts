/** @file "Latest wins": of many requests in quick succession only the last is sent, and never two at a time. */

export interface Latest<T> {
  /** Replaces whatever waits. */
  schedule(value: T): void;
  /** Forgets whatever waits; a request on its way is not taken back. */
  cancel(): void;
}

/** `send` is called at most once per `delayMs`, with the newest value, and not before the last call has settled. */
export function createLatest<T>(delayMs: number, send: (value: T, isLatest: () => boolean) => Promise<void>): Latest<T> {
  let waiting: { readonly value: T } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;
  let newest = 0;

  async function flush(): Promise<void> {
    timer = undefined;
    if (sending || !waiting) return;
    const { value } = waiting;
    waiting = undefined;
    sending = true;
    const mine = newest;
    try {
      await send(value, () => mine === newest);
    } finally {
      sending = false;
      // A value whose delay ran out meanwhile goes now; one whose delay still runs goes by its timer.
      if (waiting && timer === undefined) void flush();
    }
  }

  return {
    schedule(value) {
      waiting = { value };
      newest += 1;
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), delayMs);
    },
    cancel() {
      waiting = undefined;
      newest += 1;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
