/** @file The canvas: one of two lenses over the same model, with the way back out of nested classes above it. */
import { ReactFlowProvider } from 'reactflow';
import 'reactflow/dist/base.css';
import { useWhyStale } from '../../hooks/derived.ts';
import { useSession } from '../../hooks/session.ts';
import { ArrangingNote } from './arranging-note.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { FlowCanvas } from './flow-canvas.tsx';
import { HeatLegend } from './heat-legend.tsx';
import { StructureCanvas } from './structure-canvas.tsx';
import { ZoomControls } from './zoom-controls.tsx';
import './canvas.css';

export function Canvas() {
  const lens = useSession((state) => state.lens);
  const isStale = useWhyStale() !== null;
  return (
    // A provider per lens: each keeps its own viewport.
    <ReactFlowProvider key={lens}>
      <section
        className="canvas"
        // Commands may put the keyboard here; Tab goes to what is drawn.
        tabIndex={-1}
        aria-label={lens === 'flow' ? 'Canvas: data flow' : 'Canvas: structure'}
        data-lens={lens}
        data-stale={isStale || undefined}
      >
        {lens === 'flow' ? <FlowCanvas /> : <StructureCanvas />}
        {lens === 'flow' && <Breadcrumb />}
        <ArrangingNote />
        <HeatLegend />
        <ZoomControls />
      </section>
    </ReactFlowProvider>
  );
}
