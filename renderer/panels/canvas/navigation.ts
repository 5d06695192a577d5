import type { ReactFlowProps } from 'reactflow';
import type { Navigation } from '../../state/session/navigation.ts';

type Moves = Required<Pick<ReactFlowProps, 'panOnScroll' | 'zoomOnScroll' | 'panOnDrag' | 'selectionOnDrag'>> &
  Pick<ReactFlowProps, 'zoomActivationKeyCode'>;

const ZOOM_KEYS = ['Control', 'Meta'];

/** What each way of moving means to React Flow. A pinch arrives as a wheel with Ctrl, and zooms in all. */
export const MOVES: Readonly<Record<Navigation, Moves>> = {
  'node-editor': { panOnScroll: false, zoomOnScroll: true, panOnDrag: [1, 2], selectionOnDrag: true },
  'design-tool': { panOnScroll: true, zoomOnScroll: false, panOnDrag: [1, 2], selectionOnDrag: true, zoomActivationKeyCode: ZOOM_KEYS },
  trackpad: { panOnScroll: true, zoomOnScroll: false, panOnDrag: [0, 1, 2], selectionOnDrag: false, zoomActivationKeyCode: ZOOM_KEYS },
};
