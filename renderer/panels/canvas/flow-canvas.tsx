/** @file The data-flow lens: the forward graph of the open class, where one designs. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  type NodeChange,
  ReactFlow,
  useReactFlow,
  useStore,
  type Viewport,
} from 'reactflow';
import { openQuickAdd } from '../../commands/quick-add/open-quick-add.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { focusedItem } from '../../state/derived/focused-item.ts';
import { viewportKey } from '../../state/session/store.ts';
import { orTell } from '../../state/or-tell.ts';
import { MOVES } from './navigation.ts';
import { StartInvitation } from './start-invitation.tsx';
import { useCanvasPort } from './use-canvas-port.ts';
import { useQuickAddKeys } from './use-quick-add-keys.ts';
import { applySelect } from './flow-adapter.ts';
import { FAR_ZOOM, MANY_NODES } from './limits.ts';
import { FarView, nodeAt } from './far-view.tsx';
import { useNodeColors } from './heat.ts';
import { focusOn, focusOnBase } from './expansion/focus.ts';
import { PLAIN_ROOM } from './expansion/room.ts';
import { type Scene, scopeAround } from './expansion/scene.ts';
import { applySelect as selectNodes } from './expansion/selecting.ts';
import { useRevealFrames } from './expansion/use-reveal-frames.ts';
import { useScene } from './expansion/use-scene.ts';
import { ConnectingView } from './keyboard/connecting-view.tsx';
import { useConnecting } from './keyboard/use-connecting.ts';
import { useFocus } from './keyboard/use-focus.ts';
import { NOTHING_DRAWN } from './flow-store.ts';
import { useInSight } from './in-sight.ts';
import { annotationOf, type AnnotationNode } from './annotations/annotation-node.ts';
import { Leaders } from './annotations/leaders.ts';
import { FrameView, NoteView } from './annotations/annotation-views.tsx';
import { useInnerAnnotations } from './annotations/use-inner-annotations.ts';
import { useAnnotations } from './annotations/use-annotations.ts';
import { GRID, HANDLE_SIZE } from '../../state/layout/node-size.ts';
import { GuidesView } from './gestures/guides-view.tsx';
import { NOTHING_GIVEN, scopeOf, useDragging, type Drawn } from './gestures/use-dragging.ts';
import { useTypeDrop } from './gestures/use-type-drop.ts';
import { useWiringGestures } from './gestures/use-wiring.ts';
import { WiringNote } from './gestures/wiring-note.tsx';
import { WiringProvider, type WiringPlace } from './gestures/wiring.ts';
import { FrameHere } from './around/frame-here.tsx';
import { Minimap } from './minimap/minimap.tsx';
import { useSceneBoxes } from './minimap/scene-boxes.ts';
import { SceneRouter } from './routing/scene-router.ts';
import { useKeepSight } from './use-keep-sight.ts';
import { useDims } from './use-traced.ts';
import { TextScale } from './text-scale.tsx';
import { type FlowNode, NodeView } from './node-view.tsx';
import { type FlowWire, WireView } from './wire-view.tsx';

const NODE_TYPES = { graph: NodeView, note: NoteView, frame: FrameView };
/** All that React Flow draws as a node of its own. */
type CanvasNode = FlowNode | AnnotationNode;
const WIRE_TYPES = { wire: WireView };
const DELETE_BY_COMMAND = null;
const NOTHING_YET = (): void => undefined;
/** A click is never a drag, and so never an undo step. */
const DRAG_THRESHOLD = 4;

export function FlowCanvas() {
  const services = useServices();
  const { canvas } = services;
  const session = useSessionStore();
  const flow = useReactFlow<CanvasNode, FlowWire>();
  const selection = useSession((state) => state.selection);
  const viewKey = useSession(viewportKey);
  const navigation = useSession((state) => state.navigation);
  const direction = useSession((state) => state.direction);
  const check = useCheck();
  const document = useDocument((doc) => doc);
  const inside = useSession((state) => state.inside);
  const drawn = useRef<Scene>([]);
  const startWire = useRef<(node: string, side: 'in' | 'out') => void>(NOTHING_YET);
  useCanvasPort(drawn, startWire);
  useQuickAddKeys();
  /** What React Flow has been given. */
  const given = useRef<Drawn>(NOTHING_GIVEN);
  const { points: dragged, guides, into, onStart, onMoves } = useDragging(given);
  const focused = useSession((state) => state.focused);
  const open = useSession((state) => state.open);
  const tabStop = useMemo(() => focusedItem(document, { open, inside, focused, selection }), [document, open, inside, focused, selection]);
  const scene = useScene(dragged, tabStop);
  const { onFocusCapture } = useFocus(scene, tabStop);
  const base = scene[0];
  const drawing = base?.drawing ?? NOTHING_DRAWN;
  const size = scene.reduce((sum, each) => sum + each.drawing.size, 0);
  useEffect(() => void (drawn.current = scene), [scene]);
  useRevealFrames(scene, viewKey);
  const isFromFar = useStore((state) => state.transform[2] < FAR_ZOOM) && scene.some((each) => each.drawing.size > MANY_NODES);
  const stop = tabStop?.kind === 'node' ? tabStop.id : undefined;
  const kept = useMemo(
    () => (stop === undefined || selection.nodes.includes(stop) ? selection.nodes : [...selection.nodes, stop]),
    [selection.nodes, stop],
  );
  const { shown, view } = useInSight(scene, kept, inside, isFromFar, stop);
  const isFar = view !== 'near';
  const { nodes: annotations, takeSizes } = useAnnotations(
    base?.modelClass,
    dragged,
    base?.room ?? PLAIN_ROOM,
    tabStop?.kind === 'note' ? tabStop.id : undefined,
  );
  const inner = useInnerAnnotations(scene);
  const nodes = useMemo(() => (shown.length === 1 ? shown[0]!.nodes : shown.flatMap((each) => each.nodes)), [shown]);
  const [router] = useState(() => new SceneRouter());
  const routed = router.route(shown, dragged, direction);
  const [leaders] = useState(() => new Leaders());
  const drawnNodes = useMemo((): CanvasNode[] => {
    return annotations.length + inner.length === 0 ? nodes : [...leaders.lead(annotations, routed), ...inner, ...nodes];
  }, [annotations, inner, nodes, routed, leaders]);
  useEffect(() => void (given.current = { nodes, wires: routed, annotations, scene }), [nodes, routed, annotations, scene]);
  const { into: dropInto, props: dropProps } = useTypeDrop(given);
  const lit = into ?? dropInto;
  const wires = lit === undefined ? routed : routed.map((wire) => (wire.id === lit ? { ...wire, className: 'lit' } : wire));

  const boxes = useSceneBoxes(scene, { check, selection, inside, heat: useNodeColors(), dims: useDims() });

  const placeAt = useCallback(
    (node: string): WiringPlace | undefined => {
      const scope = scopeOf({ scene }, node);
      return scope && { document, check, modelClass: scope.modelClass, instance: scope.site.instance, site: scope.site };
    },
    [document, check, scene],
  );
  const { wiring, props: wiringProps, catching } = useWiringGestures(placeAt, given);
  const { connecting, begin } = useConnecting(placeAt);
  useEffect(() => void (startWire.current = begin), [begin]);
  const connectingIn = connecting && scene.find(({ site }) => site.key === connecting.wiring.held.inside);

  const onNodesChange = useCallback(
    (all: NodeChange<CanvasNode>[]) => {
      const changes = takeSizes(all);
      onMoves(changes);
      const selects = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
      if (selects.length > 0) {
        const { selection: before, inside: at } = session.getState();
        const ofNodes = selects.filter(({ id }) => annotationOf(id) === undefined);
        const ofNotes = selects.flatMap(({ id, selected }) => ({ id: annotationOf(id) ?? '', selected })).filter(({ id }) => id !== '');
        const { annotations: notes } = applySelect(before, 'annotations', ofNotes);
        const chosen = selectNodes('nodes', before, at, ofNodes) ?? { inside: at, ids: before.nodes };
        // Notes are those of the class that the canvas shows.
        const hasNewNotes = ofNotes.some(({ selected }) => selected);
        const isHere = chosen.inside === at && !(hasNewNotes && at !== '');
        const scope = given.current.scene.find(({ site }) => site.key === (hasNewNotes ? '' : chosen.inside));
        if (isHere) session.select({ nodes: chosen.ids, wires: before.wires, annotations: notes });
        else if (scope) {
          const isIn = scope.site.key === chosen.inside;
          focusOn(session, scope.site, { nodes: isIn ? chosen.ids : [], annotations: scope.site.key === '' ? notes : [] });
        }
      }
    },
    [onMoves, session, takeSizes],
  );

  const onWiresChange = useCallback(
    (changes: EdgeChange<FlowWire>[]) => {
      const selects = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
      if (selects.length === 0) return;
      const { selection: before, inside: at } = session.getState();
      const chosen = selectNodes('wires', before, at, selects) ?? { inside: at, ids: before.wires };
      const scope = given.current.scene.find(({ site }) => site.key === chosen.inside);
      if (chosen.inside === at) session.select({ ...before, wires: chosen.ids, modules: [] });
      else if (scope) focusOn(session, scope.site, { wires: chosen.ids });
    },
    [session],
  );

  // A graph that was never looked at is fitted; one that was is shown as it was left.
  const isUnseen = useSession((state) => state.viewports[viewKey] === undefined) && drawing.size > 0;
  useEffect(() => {
    const saved = session.getState().viewports[viewKey];
    if (saved) void flow.setViewport(saved);
    else if (isUnseen) canvas.fit('opening');
  }, [flow, session, canvas, viewKey, isUnseen]);
  useKeepSight(drawn, viewKey);

  // What was selected in the other lens is brought along.
  useEffect(() => {
    const [node] = session.getState().selection.nodes;
    if (node !== undefined) requestAnimationFrame(() => canvas.keepInSight(node));
  }, [session, canvas]);

  return (
    <WiringProvider value={wiring ?? connecting?.wiring ?? null}>
      <div className="flow" {...catching} onFocusCapture={onFocusCapture}>
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
          {...dropProps}
          onNodeDoubleClick={(_event, node) => {
            if (node.type !== 'graph') return session.set({ typingIn: annotationOf(node.id) ?? null });
            const { row, site, frame } = node.data;
            const { enters, member } = row;
            const step =
              frame?.open.at(-1) ?? (enters !== null && member ? { class: enters, instance: [...site.instance, ...member] } : undefined);
            if (!step) return;
            focusOn(session, site);
            session.enter(step);
          }}
          onMoveEnd={(_event, viewport: Viewport) => session.setViewport(viewKey, viewport)}
          onDoubleClick={({ target, clientX, clientY }) => {
            if (isFar || !(target instanceof Element && target.matches('.react-flow__pane'))) return;
            const scope = scopeAround(scene, flow.screenToFlowPosition({ x: clientX, y: clientY }));
            if (scope) focusOn(session, scope.site);
            orTell(services.dialogs, 'Quick add could not be opened', openQuickAdd(services, { at: { x: clientX, y: clientY } }));
          }}
          onPaneClick={(event) => {
            const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
            // The innermost graph that is there, else what holds it.
            const hit = isFar ? scene.toReversed().flatMap(({ site, drawing: each }) => ({ site, node: nodeAt(each, at) })) : [];
            const found = hit.find(({ node }) => node !== undefined);
            if (found) focusOn(session, found.site, { nodes: [found.node!] });
            else focusOnBase(session);
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
          // The canvas has one place in the order of Tab; `useFocus` says which.
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
          {...MOVES[navigation]}
          panActivationKeyCode="Space"
          zoomOnDoubleClick={false}
          nodeDragThreshold={DRAG_THRESHOLD}
          snapToGrid
          snapGrid={[GRID, GRID]}
          minZoom={0.01}
          maxZoom={4}
          onlyRenderVisibleElements={size > 100}
          proOptions={{ hideAttribution: true }}
          aria-label="Data flow"
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--canvas-dots)" />
          <TextScale />
          <GuidesView guides={guides} />
          {connecting && connectingIn && <ConnectingView connecting={connecting} scope={connectingIn} />}
          {isFar && <FarView scene={scene} isCrowd={view === 'crowd'} />}
          <StartInvitation />
          {drawing.size === 0 && (
            <div className="canvas-empty">
              <strong>This class is empty</strong>
              Double-click here and type what to add, or drag a layer from the palette.
            </div>
          )}
        </ReactFlow>
        {wiring && <WiringNote wiring={wiring} />}
      </div>
      <FrameHere scene={scene} />
      <Minimap size={drawing.size} boxes={boxes} />
    </WiringProvider>
  );
}
