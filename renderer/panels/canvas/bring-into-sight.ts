/** @file The view in which something is seen whole: moved no further than it must be, and zoomed out only for what is larger than the canvas. */
import { useCallback } from 'react';
import { type Rect, useReactFlow, useStoreApi, type Viewport } from 'reactflow';

export interface View {
  readonly width: number;
  readonly height: number;
  /** x, y and zoom, as React Flow keeps them. */
  readonly transform: readonly [number, number, number];
}

/** Free of what lies on the canvas above and below, and of the edges. */
const EDGE = { x: 20, y: 56 };
/** Further out nothing can be read: of what is larger still, where it begins is shown. */
const LEAST_ZOOM = 0.45;

/** Undefined where it is in sight. */
export function viewOf(box: Rect, { width, height, transform: [x, y, zoom] }: View): Viewport | undefined {
  const [roomX, roomY] = [Math.max(1, width - 2 * EDGE.x), Math.max(1, height - 2 * EDGE.y)];
  const fitting = Math.min(roomX / Math.max(1, box.width), roomY / Math.max(1, box.height));
  const near = Math.min(zoom, Math.max(fitting, Math.min(zoom, LEAST_ZOOM)));
  // What was in the middle stays there while it is zoomed.
  const [middleX, middleY] = [(width / 2 - x) / zoom, (height / 2 - y) / zoom];
  const [left, top] = [width / 2 - middleX * near, height / 2 - middleY * near];
  const at = { x: left + box.x * near, y: top + box.y * near };
  const moved = { x: within(at.x, box.width * near, EDGE.x, width), y: within(at.y, box.height * near, EDGE.y, height) };
  const view = { x: left + moved.x - at.x, y: top + moved.y - at.y, zoom: near };
  return Math.abs(view.x - x) < 1 && Math.abs(view.y - y) < 1 && near === zoom ? undefined : view;
}

/** Where a length lies between two edges: where it is, if it is between them; where it begins at the first, if it is too long. */
function within(at: number, length: number, edge: number, whole: number): number {
  return Math.max(edge, Math.min(at, whole - edge - length));
}

const DURATION = 220;

/** Shows what lies in a rectangle of the canvas; smoothly, unless motion is not wanted. A hand that moves the view meanwhile has it. */
export function useBringIntoSight(): (box: Rect) => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (box) => {
      const view = viewOf(box, store.getState());
      if (!view) return;
      const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      void flow.setViewport(view, isStill ? {} : { duration: DURATION });
    },
    [flow, store],
  );
}
