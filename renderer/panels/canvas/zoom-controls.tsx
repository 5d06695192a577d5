/** @file Zoom buttons. */
import { Maximize, Minus, Plus } from 'lucide-react';
import { useReactFlow } from 'reactflow';
import { useServices } from '../../hooks/services.ts';

export function ZoomControls() {
  const flow = useReactFlow();
  const { canvas } = useServices();
  return (
    <div className="zoom-controls" role="group" aria-label="Zoom">
      <button type="button" aria-label="Zoom in" title="Zoom in" onClick={() => void flow.zoomIn()}>
        <Plus size={14} />
      </button>
      <button type="button" aria-label="Zoom out" title="Zoom out" onClick={() => void flow.zoomOut()}>
        <Minus size={14} />
      </button>
      <button type="button" aria-label="Show all" title="Show all" onClick={() => canvas.fit('all')}>
        <Maximize size={14} />
      </button>
    </div>
  );
}
