/** @file Derived values in React. */
import { useStore } from 'zustand';
import type { Check } from '../../core/check/index.ts';
import type { ModelClass } from '../../core/document/index.ts';
import { useServices } from './services.ts';
import { useDocument } from './document.ts';
import { useRuns } from './runs.ts';
import { whyStale } from '../state/runs/store.ts';
import { useSession } from './session.ts';
import { findBaseClass } from '../state/derived/frames.ts';
import { findOpenClass } from '../state/derived/open-class.ts';

/**
 * The hash of the present document, for what was made from one and is kept. Null where nothing is: all parts of a document are hashed for it, and
 * one that was just opened is to be drawn first.
 */
export function useHashFor(kept: object | null): string | null {
  const { derived } = useServices();
  return useDocument(kept === null ? noHash : derived.hash);
}

const noHash = (): null => null;

/** The class whose graph the data-flow lens shows. */
export function useOpenClass(): ModelClass | undefined {
  const open = useSession((state) => state.open);
  return useDocument((document) => findOpenClass(document, open));
}

/** The class that the canvas shows: that of `useOpenClass`, but where one is inside of what is expanded in place. */
export function useBaseClass(): ModelClass | undefined {
  const open = useSession((state) => state.open);
  const inside = useSession((state) => state.inside);
  return useDocument((document) => findBaseClass(document, { open, inside }));
}

/** Why the latest result is not what a run would give now; null where it is fresh. */
export function useWhyStale(): string | null {
  const hash = useHashFor(useRuns((state) => state.result));
  return useRuns((state) => whyStale(state, hash));
}

/** Problems, shapes and arguments of the present document; of a large one those of a moment ago, after an edit. */
export function useCheck(): Check {
  return useStore(useServices().check, (state) => state.check);
}
