/** @file The data-flow lens: the forward graph of the open class, where one designs. */
import { type DragEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  ReactFlow,
  useReactFlow,
  useStore,
  type Viewport,
} from 'reactflow';
import { EditError, type Path } from '../../../core/document/index.ts';
import { addType, TYPE_MIME } from '../../commands/add-type.ts';
import { openQuickAdd } from '../../commands/quick-add/open-quick-add.ts';
import { useCheck, useOpenClass } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { viewportKey } from '../../state/session/store.ts';
import { orTell } from '../../state/or-tell.ts';
import { MOVES } from './navigation.ts';
import { useCanvasPort } from './use-canvas-port.ts';
import { useQuickAddKeys } from './use-quick-add-keys.ts';
import { applySelect } from './flow-adapter.ts';
import { FAR_ZOOM, FarView, MANY_NODES, nodeAt } from './far-view.tsx';
import { type Drawing, FlowStore, NOTHING_DRAWN } from './flow-store.ts';
import { useInSight } from './in-sight.ts';
import { annotationOf, type AnnotationNode } from './annotations/annotation-node.ts';
import { FrameView, NoteView } from './annotations/annotation-views.tsx';
import { useAnnotations } from './annotations/use-annotations.ts';
import { GRID, HANDLE_SIZE, NODE_HEADER_HEIGHT, NODE_WIDTH, snap } from '../../state/layout/node-size.ts';
import { GuidesView } from './gestures/guides-view.tsx';
import { NOTHING_GIVEN, useDragging, type Drawn } from './gestures/use-dragging.ts';
import { useWiringGestures } from './gestures/use-wiring.ts';
import { WiringNote } from './gestures/wiring-note.tsx';
import { WiringProvider } from './gestures/wiring.ts';
import { Router } from './routing/router.ts';
import { type FlowNode, NodeView } from './node-view.tsx';
import { type FlowWire, WireView } from './wire-view.tsx';

const NODE_TYPES = { graph: NodeView, note: NoteView, frame: FrameView };
/** All that React Flow draws as a node of its own. */
type CanvasNode = FlowNode | AnnotationNode;
const WIRE_TYPES = { wire: WireView };
const DELETE_BY_COMMAND = null;
const ROOT: Path = [];
/** A click is never a drag, and so never an undo step. */
const DRAG_THRESHOLD = 4;

export function FlowCanvas() {
  const services = useServices();
  const { canvas } = services;
  const session = useSessionStore();
  const flow = useReactFlow<CanvasNode, FlowWire>();
  const document = useDocument((doc) => doc);
  const open = useSession((state) => state.open);
  const selection = useSession((state) => state.selection);
  const viewKey = useSession(viewportKey);
  const navigation = useSession((state) => state.navigation);
  const direction = useSession((state) => state.direction);
  const modules = useRuns((state) => state.modules);
  const modelClass = useOpenClass();
  const check = useCheck();
  const drawn = useRef<Drawing>(NOTHING_DRAWN);
  useCanvasPort(drawn);
  useQuickAddKeys();
  const [store] = useState(() => new FlowStore());
  /** What React Flow has been given. */
  const given = useRef<Drawn>(NOTHING_GIVEN);
  const { points: dragged, guides, into, onStart, onMoves } = useDragging(modelClass, given);
  const instance = open.at(-1)?.instance ?? ROOT;
  const drawing = modelClass
    ? store.draw({ document, check, modelClass, instance, selection, modules, direction, dragged })
    : NOTHING_DRAWN;
  useEffect(() => void (drawn.current = drawing), [drawing]);
  const isFar = useStore((state) => state.transform[2] < FAR_ZOOM) && drawing.size > MANY_NODES;
  const shown = useInSight(drawing, selection.nodes, isFar);
  const { nodes: annotations, takeSizes } = useAnnotations(modelClass, dragged);
  const drawnNodes = useMemo(
    (): CanvasNode[] => (annotations.length === 0 ? shown.nodes : [...annotations, ...shown.nodes]),
    [annotations, shown],
  );
  const [router] = useState(() => new Router());
  const routed = router.route(shown, dragged, direction);
  useEffect(() => void (given.current = { nodes: shown.nodes, wires: routed, annotations }), [shown.nodes, routed, annotations]);
  const wires = into === undefined ? routed : routed.map((wire) => (wire.id === into ? { ...wire, className: 'lit' } : wire));

  const place = useMemo(() => modelClass && { document, check, modelClass, instance }, [document, check, modelClass, instance]);
  const { wiring, props: wiringProps, catching } = useWiringGestures(place, given);

  const onNodesChange = useCallback(
    (all: NodeChange<CanvasNode>[]) => {
      const changes = takeSizes(all);
      onMoves(changes);
      const selects = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
      if (selects.length > 0) {
        const before = session.getState().selection;
        const ofNodes = selects.filter(({ id }) => annotationOf(id) === undefined);
        const ofNotes = selects.flatMap(({ id, selected }) => ({ id: annotationOf(id) ?? '', selected })).filter(({ id }) => id !== '');
        session.select({ ...applySelect(applySelect(before, 'nodes', ofNodes), 'annotations', ofNotes), modules: [] });
      }
    },
    [onMoves, session, takeSizes],
  );

  const onWiresChange = useCallback(
    (changes: EdgeChange<FlowWire>[]) => {
      const selects = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
      if (selects.length > 0) session.select({ ...applySelect(session.getState().selection, 'wires', selects), modules: [] });
    },
    [session],
  );

  const onDrop = useCallback(
    (event: DragEvent) => {
      const type = event.dataTransfer.getData(TYPE_MIME);
      if (!type) return;
      event.preventDefault();
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      try {
        addType(services, type, { x: snap(at.x - NODE_WIDTH / 2), y: snap(at.y - NODE_HEADER_HEIGHT / 2) });
      } catch (error) {
        if (!(error instanceof EditError)) throw error;
        services.dialogs.tell(error.message, 'error');
      }
    },
    [flow, services],
  );

  // A graph that was never looked at is fitted; one that was is shown as it was left.
  const isUnseen = useSession((state) => state.viewports[viewKey] === undefined) && drawing.size > 0;
  useEffect(() => {
    const saved = session.getState().viewports[viewKey];
    if (saved) void flow.setViewport(saved);
    else if (isUnseen) canvas.fit('opening');
  }, [flow, session, canvas, viewKey, isUnseen]);

  return (
    <WiringProvider value={wiring}>
      <div className="flow" {...catching}>
        <ReactFlow<CanvasNode, FlowWire>
          nodes={drawnNodes}
          edges={wires}
          nodeTypes={NODE_TYPES}
          edgeTypes={WIRE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={onWiresChange}
          onNodeDragStart={onStart}
          {...wiringProps}
          connectionDragThreshold={DRAG_THRESHOLD}
          reconnectRadius={HANDLE_SIZE / 2}
          data-tracing={selection.nodes.length > 0 || undefined}
          onDrop={onDrop}
          onDragOver={(event) => {
            event.preventDefault();
            event.dataTransfer.dropEffect = 'copy';
          }}
          onNodeDoubleClick={(_event, node) => {
            if (node.type !== 'graph') return session.set({ typingIn: annotationOf(node.id) ?? null });
            const { enters, member } = node.data.row;
            if (enters !== null && member) session.enter({ class: enters, instance: [...instance, ...member] });
          }}
          onMoveEnd={(_event, viewport: Viewport) => session.setViewport(viewKey, viewport)}
          onDoubleClick={({ target, clientX, clientY }) => {
            if (isFar || !(target instanceof Element && target.matches('.react-flow__pane'))) return;
            orTell(services.dialogs, 'Quick add could not be opened', openQuickAdd(services, { at: { x: clientX, y: clientY } }));
          }}
          onPaneClick={(event) => {
            const hit = isFar ? nodeAt(drawing, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })) : undefined;
            if (hit !== undefined) session.select({ nodes: [hit] });
          }}
          onKeyDown={(event) => {
            const [only, ...others] = selection.annotations;
            const isKey = (event.key === 'Enter' || event.key === 'F2') && event.target instanceof HTMLDivElement;
            if (!isKey || only === undefined || others.length + selection.nodes.length > 0) return;
            event.preventDefault();
            session.set({ typingIn: only });
          }}
          deleteKeyCode={DELETE_BY_COMMAND}
          // Shift adds to the selection; as React Flow's key of selecting it would take the pointer from the nodes.
          selectionKeyCode={null}
          // A wire has one place in the order of Tab, its label.
          edgesFocusable={false}
          multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
          {...MOVES[navigation]}
          panActivationKeyCode="Space"
          zoomOnDoubleClick={false}
          nodeDragThreshold={DRAG_THRESHOLD}
          snapToGrid
          snapGrid={[GRID, GRID]}
          minZoom={0.01}
          maxZoom={4}
          onlyRenderVisibleElements={drawing.size > 100}
          proOptions={{ hideAttribution: true }}
          aria-label="Data flow"
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--canvas-dots)" />
          <GuidesView guides={guides} />
          {isFar && <FarView drawing={drawing} />}
          {drawing.size > 12 && drawing.size <= MANY_NODES && <MiniMap pannable zoomable ariaLabel="Overview" />}
          {drawing.size === 0 && (
            <div className="canvas-empty">
              <strong>This class is empty</strong>
              Double-click here and type what to add, or drag a layer from the palette.
            </div>
          )}
        </ReactFlow>
        {wiring && <WiringNote wiring={wiring} />}
      </div>
    </WiringProvider>
  );
}
