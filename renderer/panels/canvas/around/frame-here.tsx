/** @file Below the way back: the frame that one is deep inside of. A click brings its head into sight. */
import { CornerLeftUp } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { type ReactFlowState, useReactFlow, useStore } from 'reactflow';
import type { Scene } from '../expansion/scene.ts';
import { frameAround, framesOf } from './around.ts';

/** Free of what lies over the corner. */
const CORNER = { x: 24, y: 88 };

export function FrameHere({ scene }: { readonly scene: Scene }) {
  const flow = useReactFlow();
  const frames = useMemo(() => framesOf(scene), [scene]);
  const find = useCallback(
    ({ width, height, transform: [x, y, zoom] }: ReactFlowState) =>
      frames.length === 0 ? undefined : frameAround(frames, { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }),
    [frames],
  );
  const frame = useStore(find);
  if (!frame) return null;
  const { title } = frame;
  return (
    <button
      type="button"
      className="frame-here"
      aria-label={`Within ${title}: show where it begins`}
      title="Show where this frame begins"
      onClick={() => {
        const zoom = flow.getZoom();
        void flow.setViewport({ x: CORNER.x - frame.x * zoom, y: CORNER.y - frame.y * zoom, zoom });
      }}
    >
      <CornerLeftUp size={13} aria-hidden />
      {title}
    </button>
  );
}
