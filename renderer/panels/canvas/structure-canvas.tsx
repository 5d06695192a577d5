/** @file The structure lens: the module tree exactly as `iterModules` yields it from the live Module. */
import { type FocusEvent, type KeyboardEvent, useCallback, useEffect, useMemo, useState } from 'react';
import { Background, BackgroundVariant, type Edge, type NodeChange, ReactFlow, useReactFlow, type Viewport } from 'reactflow';
import { findDescriptor } from '../../../core/index.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { useServices } from '../../hooks/services.ts';
import { formatPath, parsePathKey } from '../../state/paths.ts';
import { tabIndexOf } from './keyboard/item-element.ts';
import { boxAt } from './keyboard/structure-walk.ts';
import { MOVES } from './navigation.ts';
import { useCanvasPort } from './use-canvas-port.ts';
import { applySelect } from './flow-adapter.ts';
import { BOX_COLUMN_WIDTH, BOX_GAP, BOX_HEADER_HEIGHT, BOX_ROW_HEIGHT, BOX_WIDTH } from './box-size.ts';
import { modesOf } from '../../state/runs/modes.ts';
import { Minimap } from './minimap/minimap.tsx';
import type { MapBox } from './minimap/map.ts';
import { type ModuleNode, ModuleView } from './module-view.tsx';
import { foldTree, layOutTree, type PlacedBox, type TreeBox } from './tree-layout.ts';

const NODE_TYPES = { module: ModuleView };
const VIEW_KEY = 'structure';

function heightOf({ module }: TreeBox): number {
  const rows = modesOf(module).length + module.alsoAt.length;
  return BOX_HEADER_HEIGHT + (rows > 0 ? rows * BOX_ROW_HEIGHT + 8 : 0);
}

export function StructureCanvas() {
  const navigation = useSession((state) => state.navigation);
  const session = useSessionStore();
  const flow = useReactFlow<ModuleNode>();
  const modules = useRuns((state) => state.modules);
  const problem = useRuns((state) => state.buildProblem);
  const selection = useSession((state) => state.selection);
  useCanvasPort();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  /** The one place of the lens in the order of Tab: what the keyboard was on last, or what is selected. */
  const [reached, setReached] = useState<string | null>(null);
  const onUnfold = useCallback((parent: string) => setUnfolded((before) => new Set(before).add(parent)), []);

  const boxes = useMemo(
    () => layOutTree(foldTree(modules, unfolded), { columnWidth: BOX_COLUMN_WIDTH, gap: BOX_GAP, heightOf }),
    [modules, unfolded],
  );
  const stop = tabStopOf(boxes, reached ?? selection.modules[0]);
  const nodes = useMemo(() => {
    const chosen = new Set(selection.modules);
    return boxes.map((box): ModuleNode => ({
      id: box.key,
      type: 'module',
      position: { x: box.x, y: box.y },
      width: BOX_WIDTH,
      height: box.height,
      measured: { width: BOX_WIDTH, height: box.height },
      selected: chosen.has(box.key),
      draggable: false,
      connectable: false,
      ariaLabel: `${formatPath(box.module.path)}, ${box.module.type}`,
      domAttributes: tabIndexOf(box.key === stop),
      // React Flow draws what is dragged out of sight as well, and so what has the keyboard.
      ...(box.key === stop ? { dragging: true } : {}),
      data: { box, family: findDescriptor(box.module.type)?.family ?? 'class', onUnfold },
    }));
  }, [boxes, selection.modules, onUnfold, stop]);
  const edges = useMemo(
    () =>
      boxes.flatMap((box): Edge[] =>
        box.parent === null
          ? []
          : [
              {
                id: `${box.parent}→${box.key}`,
                source: box.parent,
                target: box.key,
                type: 'smoothstep',
                selectable: false,
                focusable: false,
              },
            ],
      ),
    [boxes],
  );

  const mapBoxes = useCallback(
    () =>
      nodes.map(({ position: { x, y }, height = 0, selected, data }): MapBox => {
        const box = { x, y, width: BOX_WIDTH, height };
        return selected ? { ...box, color: '--accent', mark: 'selected' } : { ...box, color: `--family-${data.family}` };
      }),
    [nodes],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<ModuleNode>[]) => {
      const selects = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
      if (selects.length > 0) session.select({ modules: applySelect(session.getState().selection, 'modules', selects).modules });
    },
    [session],
  );

  const isKnown = boxes.length > 0;
  const isUnseen = useSession((state) => state.viewports[VIEW_KEY] === undefined) && isKnown;
  useEffect(() => {
    const saved = session.getState().viewports[VIEW_KEY];
    if (saved) void flow.setViewport(saved);
    else if (isUnseen) void flow.fitView({ padding: 0.1, maxZoom: 1 });
  }, [flow, session, isUnseen]);

  // What was selected in the other lens is brought along.
  const { canvas } = useServices();
  useEffect(() => {
    const [key] = session.getState().selection.modules;
    if (isKnown && key !== undefined) canvas.revealModule(parsePathKey(key));
  }, [isKnown, session, canvas]);

  const onFocusCapture = ({ target }: FocusEvent): void => {
    const key = target.getAttribute('data-id');
    if (key !== null && target.matches('.react-flow__node')) setReached(key);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target, currentTarget, key } = event;
    const from = target instanceof Element && target.matches('.react-flow__node') ? target.getAttribute('data-id') : null;
    const box = boxes.find((each) => each.key === from);
    if (!box || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (key === '+' && box.repeats > 1 && box.parent !== null) onUnfold(box.parent);
    const to = boxAt(boxes, box.key, key);
    if (to === undefined) return;
    event.preventDefault();
    setReached(to);
    canvas.revealModule(parsePathKey(to));
    // Out of sight it is drawn only once it is the place of the keyboard.
    requestAnimationFrame(() =>
      currentTarget.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(to)}"]`)?.focus({ preventScroll: true }),
    );
  };

  return (
    <div className="flow" onFocusCapture={onFocusCapture} onKeyDown={onKeyDown}>
      <ReactFlow<ModuleNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onNodesChange={onNodesChange}
        onMoveEnd={(_event, viewport: Viewport) => session.setViewport(VIEW_KEY, viewport)}
        deleteKeyCode={null}
        multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
        nodesConnectable={false}
        {...MOVES[navigation]}
        panActivationKeyCode="Space"
        zoomOnDoubleClick={false}
        minZoom={0.05}
        maxZoom={4}
        onlyRenderVisibleElements={boxes.length > 200}
        proOptions={{ hideAttribution: true }}
        aria-label="Module tree"
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--canvas-dots)" />
        {!isKnown && (
          <div className="canvas-empty">
            <strong>{problem ? 'The model cannot be built yet' : 'Building the model …'}</strong>
            {problem && `${problem.message} ${problem.hint}`}
          </div>
        )}
      </ReactFlow>
      <Minimap size={boxes.length} boxes={mapBoxes} />
    </div>
  );
}

/** The box that was wanted, while there is one; else the root, which is drawn first. */
function tabStopOf(boxes: readonly PlacedBox[], wanted: string | undefined): string | undefined {
  return boxes.some(({ key }) => key === wanted) ? wanted : boxes.find(({ parent }) => parent === null)?.key;
}
