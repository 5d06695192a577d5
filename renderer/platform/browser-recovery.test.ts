import { expect, it } from 'vitest';
import { createBrowserRecovery, type Locks } from './browser-recovery.ts';
import type { KeyValue } from './key-value.ts';

/** Storage and locks that all tabs of a browser share; a tab that ends lets its locks go. */
function createBrowser() {
  const values = new Map<string, string>();
  const storage: KeyValue = {
    read: async (key) => values.get(key),
    write: async (key, value) => void values.set(key, value),
    remove: async (key) => void values.delete(key),
    keys: async (start) => [...values.keys()].filter((key) => key.startsWith(start)),
  };
  const held = new Map<string, string>();
  const open = (tab: string) => {
    const request = async (name: string, _options: unknown, use: (lock: object | null) => unknown) => {
      const isFree = !held.has(name);
      if (isFree) held.set(name, tab);
      return use(isFree ? { name } : null);
    };
    return createBrowserRecovery(storage, { request } as unknown as Locks, tab);
  };
  const end = (tab: string): void => {
    for (const [name, holder] of held) if (holder === tab) held.delete(name);
  };
  return { open, end };
}

it('keeps the work of each tab apart, and offers that of none which is open (D3)', async () => {
  const browser = createBrowser();
  const [a, b] = [browser.open('a'), browser.open('b')];
  await a.write('of a');
  await b.write('of b');
  await b.clear();
  const c = browser.open('c');
  expect(await c.left()).toEqual([]);
  browser.end('a');
  expect(await c.left()).toMatchObject([{ id: 'a', text: 'of a' }]);
});

it('offers what several tabs left, and each of it to one tab only, until it is dropped or that tab ends (D3)', async () => {
  const browser = createBrowser();
  for (const tab of ['a', 'b']) {
    await browser.open(tab).write(`of ${tab}`);
    browser.end(tab);
  }
  const [c, d] = [browser.open('c'), browser.open('d')];
  const ids = async (recovery: typeof c) => (await recovery.left()).map(({ id }) => id).sort();
  expect(await ids(c)).toEqual(['a', 'b']);
  expect(await ids(d)).toEqual([]);
  await c.drop('a');
  browser.end('c');
  expect(await ids(d)).toEqual(['b']);
});
