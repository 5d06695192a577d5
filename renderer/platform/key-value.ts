/** @file A small table in IndexedDB: recovery and preferences of the browser tab. */

export interface KeyValue {
  read(key: string): Promise<string | undefined>;
  write(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** All keys that begin so. */
  keys(start: string): Promise<readonly string[]>;
}

const STORE = 'values';

/** A browser may refuse storage (private windows): then nothing is kept, and nothing fails. */
export function openKeyValue(name: string): KeyValue {
  let opened: Promise<IDBDatabase> | undefined;
  const open = (): Promise<IDBDatabase> => (opened ??= openDatabase(name));

  async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    try {
      const database = await open();
      return await settled(work(database.transaction(STORE, mode).objectStore(STORE)));
    } catch {
      return undefined;
    }
  }

  return {
    async read(key) {
      const value: unknown = await run('readonly', (store) => store.get(key) as IDBRequest<unknown>);
      return typeof value === 'string' ? value : undefined;
    },
    async write(key, value) {
      await run('readwrite', (store) => store.put(value, key));
    },
    async remove(key) {
      await run('readwrite', (store) => store.delete(key));
    },
    async keys(start) {
      const keys = (await run('readonly', (store) => store.getAllKeys())) ?? [];
      return keys.filter((key) => typeof key === 'string').filter((key) => key.startsWith(start));
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The browser refused to store a value.')));
  });
}
