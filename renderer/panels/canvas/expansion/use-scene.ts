import { useEffect, useState } from 'react';
import { useBaseClass, useCheck } from '../../../hooks/derived.ts';
import { useDocument } from '../../../hooks/document.ts';
import { useFoundInRun } from '../../../hooks/found-in-run.ts';
import { useRuns } from '../../../hooks/runs.ts';
import { useSession, useSessionStore } from '../../../hooks/session.ts';
import { expandedIn } from '../../../state/derived/frames.ts';
import { validOpen } from '../../../state/derived/open-class.ts';
import { baseOpen } from '../../../state/session/expansion.ts';
import type { OpenStep } from '../../../state/session/store.ts';
import type { Item } from '../../../state/walking/reading-order.ts';
import { focusOnBase } from './focus.ts';
import { SceneStore, type Scene } from './scene.ts';

const NO_SCENE: Scene = [];
const NO_STEPS: readonly OpenStep[] = [];

/** All that the lens draws now. `dragged`: where nodes are that are in the hand; `tabStop`: what Tab leads to. */
export function useScene(dragged: Readonly<Record<string, { readonly x: number; readonly y: number }>>, tabStop: Item | undefined): Scene {
  const session = useSessionStore();
  const document = useDocument((doc) => doc);
  const modelClass = useBaseClass();
  const check = useCheck();
  const open = useSession((state) => state.open);
  const inside = useSession((state) => state.inside);
  const expanded = useSession(expandedIn);
  const selection = useSession((state) => state.selection);
  const modules = useRuns((state) => state.modules);
  const found = useFoundInRun();
  const direction = useSession((state) => state.direction);
  const [store] = useState(() => new SceneStore());
  const stop = tabStop?.kind === 'node' ? tabStop.id : undefined;
  const steps = inside === '' && open.length === 0 ? NO_STEPS : validOpen(document, baseOpen({ open, inside }));
  const scene = modelClass
    ? store.draw({
        document,
        check,
        modelClass,
        open: steps,
        expanded,
        inside,
        selection,
        tabStop: stop,
        modules,
        found,
        direction,
        dragged,
      })
    : NO_SCENE;
  // Undo, or a fold, may take away what one was inside of.
  const isLost = inside !== '' && scene.every(({ site }) => site.key !== inside);
  useEffect(() => {
    if (isLost) focusOnBase(session);
  }, [isLost, session]);
  return scene;
}
