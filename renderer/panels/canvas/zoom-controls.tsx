/** @file Zoom buttons, and the commands of the canvas that need React Flow's instance. */
import { Maximize, Minus, Plus } from 'lucide-react';
import { useReactFlow } from 'reactflow';

export function ZoomControls() {
  const flow = useReactFlow();
  return (
    <div className="zoom-controls" role="group" aria-label="Zoom">
      <button type="button" aria-label="Zoom in" title="Zoom in" onClick={() => void flow.zoomIn()}>
        <Plus size={14} />
      </button>
      <button type="button" aria-label="Zoom out" title="Zoom out" onClick={() => void flow.zoomOut()}>
        <Minus size={14} />
      </button>
      <button type="button" aria-label="Show all" title="Show all" onClick={() => void flow.fitView({ padding: 0.2, maxZoom: 1 })}>
        <Maximize size={14} />
      </button>
    </div>
  );
}
