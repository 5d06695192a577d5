/** @file Unsaved work of browser tabs, each under a name of its own. A tab holds the lock of its name until it ends, however it ends. */
import type { KeyValue } from './key-value.ts';
import type { Recovery } from './platform.ts';

const TEXT = 'recovery:';
const TIME = 'recovery-time:';

/** The part of the browser's lock manager that is used. */
export type Locks = Pick<LockManager, 'request'>;

export function createBrowserRecovery(values: KeyValue, locks: Locks, id: string): Recovery {
  const claimed = new Set<string>();
  const mine = claim(id);

  /** Takes the name of a tab, ours or one that has ended, for as long as this one is open. False: another one has it. */
  function claim(name: string): Promise<boolean> {
    if (claimed.has(name)) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      locks
        .request(TEXT + name, { ifAvailable: true }, (lock) => {
          if (lock) claimed.add(name);
          resolve(lock !== null);
          return lock ? new Promise(() => undefined) : undefined;
        })
        .catch(reject);
    });
  }

  return {
    async write(text) {
      await mine;
      await Promise.all([values.write(TEXT + id, text), values.write(TIME + id, String(Date.now()))]);
    },
    async clear() {
      await mine;
      await drop(id);
    },
    async left() {
      await mine;
      const found = [];
      for (const key of await values.keys(TEXT)) {
        const other = key.slice(TEXT.length);
        if (other === id || !(await claim(other))) continue;
        const [text, time] = await Promise.all([values.read(key), values.read(TIME + other)]);
        found.push({ id: other, text: text ?? '', atMs: Number(time ?? 0) });
      }
      return found.sort((a, b) => b.atMs - a.atMs);
    },
    drop,
  };

  async function drop(other: string): Promise<void> {
    await Promise.all([values.remove(TEXT + other), values.remove(TIME + other)]);
  }
}
