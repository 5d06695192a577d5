import { useEffect, useRef } from 'react';
import { useStoreApi } from 'reactflow';
import { useSession } from '../../hooks/session.ts';
import { useBringIntoSight, type View } from './bring-into-sight.ts';
import { boundsOfNodes } from './bounds.ts';
import type { Scene } from './expansion/scene.ts';

/** What was in sight before a workspace gave the canvas another size is in sight after it, until one takes the view in hand. */
export function useKeepSight(scene: { readonly current: Scene }): void {
  const layout = useSession(({ workspace, isFocused }) => `${workspace} ${isFocused}`);
  const store = useStoreApi();
  const bring = useBringIntoSight();
  const known = useRef(layout);
  useEffect(() => {
    if (known.current === layout) return undefined;
    known.current = layout;
    // The canvas does not have its new size yet.
    const { width, height, transform } = store.getState();
    // Also within what is expanded, whose frame may reach out of sight.
    const seen = scene.current.flatMap(({ drawing }) => drawing.nodes.filter((node) => isSeen(node, { width, height, transform })));
    if (seen.length === 0) return undefined;
    const box = boundsOfNodes(seen);
    const stop = store.subscribe((now, before) => {
      if (now.width !== before.width || now.height !== before.height) bring(box);
    });
    window.addEventListener('pointerdown', stop, { once: true });
    window.addEventListener('wheel', stop, { once: true });
    return () => {
      stop();
      window.removeEventListener('pointerdown', stop);
      window.removeEventListener('wheel', stop);
    };
  }, [layout, store, scene, bring]);
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
