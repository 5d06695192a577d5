/** @file Lets commands, palette and lists reach the canvas that is drawn: fit, reveal, and where its middle is. */
import { useEffect } from 'react';
import { type ReactFlowInstance, useReactFlow, useStoreApi } from 'reactflow';
import { useServices } from '../../hooks/services.ts';
import { pathKey } from '../../state/paths.ts';

const FIT = { padding: 0.08, maxZoom: 1 };

/** Brings a node into view without changing the zoom, unless it is visible. */
function reveal(flow: ReactFlowInstance, id: string): void {
  const node = flow.getInternalNode(id);
  if (!node) return;
  const { x, y } = node.internals.positionAbsolute;
  void flow.setCenter(x + (node.width ?? 0) / 2, y + (node.height ?? 0) / 2, { zoom: flow.getZoom() });
}

export function useCanvasPort(): void {
  const { canvas, session } = useServices();
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(
    () =>
      canvas.attach({
        fit(what) {
          const { nodes, modules } = session.getState().selection;
          const chosen = [...nodes, ...modules].map((id) => ({ id }));
          void flow.fitView(what === 'selection' && chosen.length > 0 ? { ...FIT, nodes: chosen } : FIT);
        },
        revealNode: (id) => reveal(flow, id),
        revealModule: (path) => reveal(flow, pathKey(path)),
        centre() {
          const { width, height, transform } = store.getState();
          const [x, y, zoom] = transform;
          return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
        },
      }),
    [canvas, session, flow, store],
  );
}
