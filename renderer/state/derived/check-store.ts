/**
 * @file The check of the present document. A small one is checked with the edit; of a large one the edit is drawn first, with the first shapes
 * that an argument has changed, and the check follows in slices between frames, until when all else is answered as of the document before.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { withRoot, type Check, type Instance } from '../../../core/check/index.ts';
import { findClass, keysOf, type ModelDocument, type Steps } from '../../../core/document/index.ts';
import type { DataStore } from '../data-store.ts';
import type { DocumentStore } from '../document/store.ts';
import { inSlices, type Later } from '../slices.ts';
import type { Derived } from './derived.ts';

export type CheckStore = Pick<StoreApi<{ readonly check: Check }>, 'getState' | 'getInitialState' | 'subscribe'>;

/** Documents with more nodes than these are checked in slices. */
export const LARGE_DOCUMENT = 1500;
/** So long an edit waits for the first shapes that it has changed. */
const FIRST_SHAPES_MS = 8;

export interface CheckStoreOptions {
  readonly document: Pick<DocumentStore, 'getState' | 'subscribe'>;
  readonly data: Pick<DataStore, 'subscribe'>;
  readonly derived: Pick<Derived, 'checkInSteps' | 'check'>;
  readonly later?: Later;
  readonly now?: () => number;
}

export function createCheckStore({ document, data, derived, later, now = () => performance.now() }: CheckStoreOptions): CheckStore {
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
    let step = steps.next();
    if (isWiredAlike(checked.document, state.document)) step = upToFirstShapes(steps, step, now);
    if (step.done) publish(state, step.value);
    else {
      const tell = (root: Instance): void => store.setState({ check: withRoot(store.getState().check, state.document, root) });
      if (step.value) tell(step.value);
      const finish = (check: Check): void => {
        publish(state, check);
        follow();
      };
      work = { loads: state.loads, giveUp: inSlices(steps, finish, { tell, later }) };
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

/** Whether an edit has laid no wire and no node: the order in which shapes are inferred is then known, and the first of them come soon. */
function isWiredAlike(before: ModelDocument, now: ModelDocument): boolean {
  return Object.entries(now.classes).every(([id, { nodes, wires }]) => {
    const old = findClass(before, id);
    return old?.nodes === nodes && old.wires === wires;
  });
}

type CheckStep = ReturnType<ReturnType<Derived['checkInSteps']>['next']>;

/** Goes on until the steps tell of something, in a time that one does not see. */
function upToFirstShapes(steps: Steps<Check, Instance>, first: CheckStep, now: () => number): CheckStep {
  const until = now() + FIRST_SHAPES_MS;
  let step = first;
  while (!step.done && !step.value && now() < until) step = steps.next();
  return step;
}

function isLarge({ classes }: ModelDocument): boolean {
  let nodes = 0;
  for (const each of Object.values(classes)) nodes += keysOf(each.nodes).length;
  return nodes > LARGE_DOCUMENT;
}
