/**
 * @file Nodes that are dragged: along guides, on the grid with Shift, into the wire that they are dropped on (not with Alt). What is dragged is drawn
 * where it is; the document changes once, when it is dropped, and not at all after Escape.
 */
import { useCallback, useRef, useState } from 'react';
import { useReactFlow, type NodeChange } from 'reactflow';
import {
  insertOnWire,
  moveAnnotations,
  moveNodes,
  type ClassId,
  type ModelClass,
  type ModelDocument,
  type NodeId,
  type Point,
  type WireId,
} from '../../../../core/document/index.ts';
import { graphOf } from '../../../../core/graph/index.ts';
import { useServices } from '../../../hooks/services.ts';
import { editOrTell } from '../../../state/edit-or-tell.ts';
import { NODE_WIDTH, snap } from '../../../state/layout/node-size.ts';
import { annotationOf, withContents, type AnnotationNode } from '../annotations/annotation-node.ts';
import type { FlowNode } from '../node-view.tsx';
import type { FlowWire } from '../wire-view.tsx';
import type { Guide } from './guides.ts';
import { boxOf, placeDragged, type CanvasItem } from './place-dragged.ts';
import { useEscape } from './use-escape.ts';
import { useModifiers } from './use-modifiers.ts';
import { wireUnder } from './wire-under.ts';

/** What is drawn for as long as a drag lasts. */
export interface Dragging {
  readonly points: Readonly<Record<NodeId, Point>>;
  readonly guides: readonly Guide[];
  /** The wire that the node would be put into. */
  readonly into: WireId | undefined;
}

const NOTHING: Dragging = { points: {}, guides: [], into: undefined };
/** How near guides attract, in pixels of the screen. */
const REACH = 6;

/** What React Flow is given. */
export interface Drawn {
  readonly nodes: readonly FlowNode[];
  readonly wires: readonly FlowWire[];
  readonly annotations: readonly AnnotationNode[];
}

export const NOTHING_GIVEN: Drawn = { nodes: [], wires: [], annotations: [] };

export interface NodeDragging extends Dragging {
  readonly onStart: () => void;
  /** Takes the moves among React Flow's changes. */
  readonly onMoves: (changes: readonly NodeChange<FlowNode | AnnotationNode>[]) => void;
}

/** `drawn`: what React Flow is given now. */
export function useDragging(modelClass: ModelClass | undefined, drawn: { readonly current: Drawn }): NodeDragging {
  const services = useServices();
  const flow = useReactFlow();
  const modifiers = useModifiers();
  const [dragging, setDragging] = useState<Dragging>(NOTHING);
  const latest = useRef<Dragging>(NOTHING);
  const isCancelled = useRef(false);

  const show = useCallback((next: Dragging) => {
    latest.current = next;
    setDragging(next);
  }, []);

  const drop = useCallback(
    (moved: readonly NodeId[]) => {
      const { points, into } = latest.current;
      show(NOTHING);
      const wasCancelled = isCancelled.current;
      isCancelled.current = false;
      if (!modelClass || wasCancelled) return;
      const [node] = moved;
      const ports = into === undefined || node === undefined ? undefined : portsToInsert(modelClass, drawn.current.nodes, node);
      if (into !== undefined && node !== undefined && ports)
        editOrTell(services, 'Insert into wire', (doc) =>
          insertOnWire(moveTo(doc, modelClass.id, points), modelClass.id, into, node, ports),
        );
      else editOrTell(services, labelOf(Object.keys(points)), (doc) => moveTo(doc, modelClass.id, points));
    },
    [modelClass, drawn, services, show],
  );

  const onMoves = useCallback(
    (changes: readonly NodeChange<FlowNode | AnnotationNode>[]) => {
      const moves = changes.flatMap((change) =>
        change.type === 'position' && change.position ? [{ ...change, position: change.position }] : [],
      );
      if (moves.length === 0 || !modelClass) return;
      const raw = Object.fromEntries(moves.map(({ id, position }) => [id, position]));
      const isDragged = Object.keys(latest.current.points).length > 0;
      if (moves.some((change) => change.dragging)) {
        if (isCancelled.current) return;
        const { nodes, annotations, wires } = drawn.current;
        const known = (id: string): CanvasItem | undefined =>
          nodes.find((each) => each.id === id) ?? annotations.find((each) => each.id === id);
        const whole = withContents(modelClass, raw, (id) => known(id)?.height ?? 0, NODE_WIDTH);
        const guided = placeDragged(whole, [...nodes, ...annotations], modifiers.current.shift, REACH / flow.getZoom());
        const [only, ...others] = Object.keys(guided.points);
        const item = only === undefined || others.length > 0 || modifiers.current.alt ? undefined : known(only);
        const isInserting = item !== undefined && portsToInsert(modelClass, nodes, item.id) !== undefined;
        show({ ...guided, into: isInserting ? wireUnder(boxOf(item, guided.points[item.id]!), wires) : undefined });
      } else if (isDragged || isCancelled.current) drop(moves.map(({ id }) => id));
      else {
        const points = Object.fromEntries(Object.entries(raw).map(([id, { x, y }]) => [id, { x: snap(x), y: snap(y) }]));
        // Arrow keys repeat: their moves are one step.
        services.document.edit(labelOf(Object.keys(points)), (doc) => moveTo(doc, modelClass.id, points), {
          merge: `move:${Object.keys(points).join()}`,
        });
      }
    },
    [modelClass, drawn, services, flow, modifiers, show, drop],
  );

  const cancel = useCallback(() => {
    isCancelled.current = true;
    show(NOTHING);
  }, [show]);
  const onStart = useCallback(() => void (isCancelled.current = false), []);
  useEscape(Object.keys(dragging.points).length > 0, cancel);
  return { ...dragging, onStart, onMoves };
}

function labelOf(keys: readonly string[]): string {
  const [only, ...others] = keys;
  if (others.length > 0) return `Move ${keys.length} items`;
  return annotationOf(only ?? '') === undefined ? 'Move node' : 'Move note';
}

/** Nodes, notes and frames at points, by the keys that React Flow has for them. */
function moveTo(document: ModelDocument, classId: ClassId, points: Readonly<Record<string, Point>>): ModelDocument {
  const entries = Object.entries(points);
  const nodes = entries.filter(([key]) => annotationOf(key) === undefined);
  const notes = entries.flatMap(([key, at]) => (annotationOf(key) === undefined ? [] : [[annotationOf(key)!, at] as const]));
  return moveAnnotations(moveNodes(document, classId, Object.fromEntries(nodes)), classId, Object.fromEntries(notes));
}

/** The ports by which a node can be put into a wire: it has some on both sides, and no wire yet. */
function portsToInsert(
  modelClass: ModelClass,
  nodes: readonly FlowNode[],
  id: NodeId,
): { readonly input: string; readonly output: string } | undefined {
  const row = nodes.find((node) => node.id === id)?.data.row;
  const graph = graphOf(modelClass);
  const [input] = row?.inputs ?? [];
  const [output] = row?.outputs ?? [];
  if (input === undefined || output === undefined || graph.incoming(id).length > 0 || graph.outgoing(id).length > 0) return undefined;
  return { input, output };
}
