/** @file Buttons for the view: zoom, all of it, and the small map. */
import { Map as MapIcon, Maximize, Minus, Plus } from 'lucide-react';
import { useReactFlow } from 'reactflow';
import { invoke, titleOf } from '../../commands/command.ts';
import { toggleMinimapCommand } from '../../commands/toggle-minimap.command.ts';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';

export function ZoomControls() {
  const flow = useReactFlow();
  const { canvas } = useServices();
  return (
    <div className="zoom-controls" role="group" aria-label="Zoom">
      <MinimapButton />
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

function MinimapButton() {
  const services = useServices();
  const readTitle = (): string => titleOf(toggleMinimapCommand, services);
  useDocument(readTitle);
  const title = useSession(readTitle);
  return (
    <button type="button" aria-label={title} title={title} onClick={() => invoke(toggleMinimapCommand, services)}>
      <MapIcon size={14} />
    </button>
  );
}
