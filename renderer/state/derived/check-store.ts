/**
 * @file The check of the present document. A small one is checked with the edit; of a large one the edit is drawn first, and the check follows
 * in slices between frames, until when the answers are those of the document before.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Check } from '../../../core/check/index.ts';
import type { ModelDocument } from '../../../core/document/index.ts';
import type { DataStore } from '../data-store.ts';
import type { DocumentStore } from '../document/store.ts';
import { inSlices, type Later } from '../slices.ts';
import type { Derived } from './derived.ts';

export type CheckStore = Pick<StoreApi<{ readonly check: Check }>, 'getState' | 'getInitialState' | 'subscribe'>;

/** Documents with more nodes than these are checked in slices. */
export const LARGE_DOCUMENT = 1500;

export interface CheckStoreOptions {
  readonly document: Pick<DocumentStore, 'getState' | 'subscribe'>;
  readonly data: Pick<DataStore, 'subscribe'>;
  readonly derived: Pick<Derived, 'checkInSteps' | 'check'>;
  readonly later?: Later;
}

export function createCheckStore({ document, data, derived, later }: CheckStoreOptions): CheckStore {
  let checked = document.getState();
  let work: { readonly loads: number; giveUp(): void } | undefined;
  const store = createStore(() => ({ check: derived.check(checked.document) }));

  const publish = (state: typeof checked, check: Check): void => {
    work?.giveUp();
    work = undefined;
    checked = state;
    store.setState({ check });
  };
  const follow = (): void => {
    const state = document.getState();
    // What has begun is finished before the next: an edit every tenth of a second would else never let one end.
    if (state.document === checked.document || work?.loads === state.loads) return;
    if (state.loads !== checked.loads || !isLarge(state.document)) {
      publish(state, derived.check(state.document));
      return;
    }
    const steps = derived.checkInSteps(state.document);
    // What is known already, as after a move or an undo, comes at once.
    const { done, value } = steps.next();
    if (done) publish(state, value);
    else {
      const finish = (check: Check): void => {
        publish(state, check);
        follow();
      };
      work = { loads: state.loads, giveUp: inSlices(steps, finish, later) };
    }
  };
  document.subscribe(follow);
  // Data that came to hand are compared with the model at once.
  data.subscribe(() => {
    const state = document.getState();
    publish(state, derived.check(state.document));
  });
  return store;
}

function isLarge({ classes }: ModelDocument): boolean {
  let nodes = 0;
  for (const each of Object.values(classes)) nodes += Object.keys(each.nodes).length;
  return nodes > LARGE_DOCUMENT;
}
