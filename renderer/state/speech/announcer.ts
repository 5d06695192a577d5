/** @file What is said to those who hear the editor: the one home of it. A screen reader reads each line once, in its order, when it has finished the last. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Announcement {
  readonly id: number;
  readonly text: string;
}

export interface Announcer extends Pick<
  StoreApi<{ readonly said: readonly Announcement[] }>,
  'getState' | 'getInitialState' | 'subscribe'
> {
  say(text: string): void;
}

/** Older ones have been read. */
const KEPT = 4;

export function createAnnouncer(): Announcer {
  const store = createStore<{ readonly said: readonly Announcement[] }>(() => ({ said: [] }));
  let next = 1;
  return {
    ...store,
    say(text) {
      if (text === '') return;
      const announcement = { id: next++, text };
      store.setState({ said: [...store.getState().said, announcement].slice(-KEPT) });
    },
  };
}
