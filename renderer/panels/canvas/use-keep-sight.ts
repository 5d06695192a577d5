import { useEffect } from 'react';
import { type Rect, useReactFlow, useStoreApi } from 'reactflow';
import { type View, viewOf } from './bring-into-sight.ts';
import { boundsOfNodes } from './bounds.ts';
import type { Scene } from './expansion/scene.ts';

interface Kept {
  readonly viewKey: string;
  /** What was in sight, and the view and size in which it was. */
  readonly box: Rect;
  readonly from: View;
  /** The view in which it has been kept since. */
  readonly to: View['transform'];
}

/** What is in sight stays in sight when the window or other panels give the canvas another size, until one takes the view in hand. */
export function useKeepSight(scene: { readonly current: Scene }, viewKey: string): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    let { width, height } = store.getState();
    let kept: Kept | undefined;
    const follow = (): void => {
      const state = store.getState();
      const { transform } = state;
      if ((state.width === width && state.height === height) || state.width === 0 || state.height === 0) return;
      const before: View = { width, height, transform };
      ({ width, height } = state);
      if (before.width === 0 || before.height === 0) return;
      // From the view that one chose, so that a panel that opens and closes leaves it as it was.
      if (kept?.viewKey !== viewKey || !isSameView(kept.to, transform)) {
        // Also within what is expanded, whose frame may reach out of sight.
        const seen = scene.current.flatMap(({ drawing }) => drawing.nodes.filter((node) => isSeen(node, before)));
        kept = seen.length > 0 ? { viewKey, box: boundsOfNodes(seen), from: before, to: transform } : undefined;
      }
      if (!kept) return;
      const { from } = kept;
      const [x, y, zoom] = from.transform;
      const isBack = from.width === width && from.height === height;
      const view = (isBack ? undefined : viewOf(kept.box, { width, height, transform: from.transform })) ?? { x, y, zoom };
      kept = { ...kept, to: [view.x, view.y, view.zoom] };
      if (!isSameView(kept.to, transform)) void flow.setViewport(view);
    };
    return store.subscribe(follow);
  }, [viewKey, flow, store, scene]);
}

function isSameView(a: View['transform'], b: View['transform']): boolean {
  return a.every((part, at) => Math.abs(part - b[at]!) < 1e-6);
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
