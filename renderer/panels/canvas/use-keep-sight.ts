import { useEffect, useRef } from 'react';
import { type Rect, useStoreApi } from 'reactflow';
import { useSessionStore } from '../../hooks/session.ts';
import type { SessionStore } from '../../state/session/store.ts';
import { useBringIntoSight, type View } from './bring-into-sight.ts';
import { boundsOfNodes } from './bounds.ts';
import type { Scene } from './expansion/scene.ts';

/** How large the canvas was when it was last drawn, and of which graph: a layout with other panels draws it anew. */
const lastSizes = new WeakMap<SessionStore, Pick<View, 'width' | 'height'> & { readonly viewKey: string }>();

interface Kept {
  readonly viewKey: string;
  /** What was in sight. */
  readonly box: Rect;
  /** The canvas has another size than when that was. */
  readonly isDue: boolean;
}

/** What was in sight before other panels gave the canvas another size is in sight after it, until one takes the view in hand. */
export function useKeepSight(scene: { readonly current: Scene }, viewKey: string): void {
  const session = useSessionStore();
  const store = useStoreApi();
  const bring = useBringIntoSight();
  // React Flow is ready a render after it is measured, and the view is set once more then: so is this.
  const kept = useRef<Kept | null>(null);
  useEffect(() => {
    if (kept.current?.viewKey !== viewKey) {
      const before = lastSizes.get(session);
      const saved = session.getState().viewports[viewKey];
      const view = before?.viewKey === viewKey && saved && { ...before, transform: [saved.x, saved.y, saved.zoom] as const };
      // Also within what is expanded, whose frame may reach out of sight.
      const seen = view ? scene.current.flatMap(({ drawing }) => drawing.nodes.filter((node) => isSeen(node, view))) : [];
      kept.current = seen.length > 0 ? { viewKey, box: boundsOfNodes(seen), isDue: false } : null;
    }
    const keep = (): void => {
      if (kept.current?.isDue) bring(kept.current.box);
    };
    const measure = (): void => {
      const { width, height } = store.getState();
      const known = lastSizes.get(session);
      if (width === 0 || height === 0 || (known?.viewKey === viewKey && known.width === width && known.height === height)) return;
      lastSizes.set(session, { viewKey, width, height });
      if (kept.current) kept.current = { ...kept.current, isDue: true };
      keep();
    };
    const leave = (): void => void (kept.current = null);
    keep();
    measure();
    const stop = store.subscribe(measure);
    window.addEventListener('pointerdown', leave);
    window.addEventListener('wheel', leave);
    return () => {
      stop();
      window.removeEventListener('pointerdown', leave);
      window.removeEventListener('wheel', leave);
    };
  }, [viewKey, session, store, scene, bring]);
}

interface Drawn {
  readonly position: { readonly x: number; readonly y: number };
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

function isSeen({ position, width = 0, height = 0 }: Drawn, view: View): boolean {
  const [x, y, zoom] = view.transform;
  const [left, top] = [x + position.x * zoom, y + position.y * zoom];
  return left >= 0 && top >= 0 && left + width * zoom <= view.width && top + height * zoom <= view.height;
}
