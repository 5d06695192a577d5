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
import { splitKey } from '../../../state/session/expansion.ts';
import { placeInDocument } from '../expansion/room.ts';
import type { Scene, Scope } from '../expansion/scene.ts';
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
  readonly scene: Scene;
}

export const NOTHING_GIVEN: Drawn = { nodes: [], wires: [], annotations: [], scene: [] };

/** The graph that a node on the canvas is of. Notes are those of the first. */
export function scopeOf({ scene }: Pick<Drawn, 'scene'>, id: string): Scope | undefined {
  const key = splitKey(id).inside;
  return scene.find(({ site }) => site.key === key);
}

export interface NodeDragging extends Dragging {
  readonly onStart: () => void;
  /** Takes the moves among React Flow's changes. */
  readonly onMoves: (changes: readonly NodeChange<FlowNode | AnnotationNode>[]) => void;
}

/** `drawn`: what React Flow is given now. */
export function useDragging(drawn: { readonly current: Drawn }): NodeDragging {
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
      const [node] = moved;
      const scope = node === undefined ? undefined : scopeOf(drawn.current, node);
      if (!scope || node === undefined || wasCancelled) return;
      const { id: classId } = scope.modelClass;
      const ports = into === undefined ? undefined : portsToInsert(scope.modelClass, drawn.current.nodes, node);
      if (into !== undefined && ports)
        editOrTell(services, 'Insert into wire', (doc) =>
          insertOnWire(moveTo(doc, scope, points), classId, splitKey(into).id, splitKey(node).id, ports),
        );
      else editOrTell(services, labelOf(Object.keys(points)), (doc) => moveTo(doc, scope, points));
    },
    [drawn, services, show],
  );

  const onMoves = useCallback(
    (changes: readonly NodeChange<FlowNode | AnnotationNode>[]) => {
      const moves = changes.flatMap((change) =>
        change.type === 'position' && change.position ? [{ ...change, position: change.position }] : [],
      );
      const scope = moves[0] && scopeOf(drawn.current, moves[0].id);
      if (!scope) return;
      const raw = Object.fromEntries(moves.map(({ id, position }) => [id, position]));
      const isDragged = Object.keys(latest.current.points).length > 0;
      if (moves.some((change) => change.dragging)) {
        if (isCancelled.current) return;
        const { key } = scope.site;
        const isHere = (each: FlowNode | FlowWire): boolean => each.data?.site.key === key;
        const [nodes, wires] = [drawn.current.nodes.filter(isHere), drawn.current.wires.filter(isHere)];
        const annotations = key === '' ? drawn.current.annotations : [];
        const known = (id: string): CanvasItem | undefined =>
          nodes.find((each) => each.id === id) ?? annotations.find((each) => each.id === id);
        const hasNotes = moves.some(({ id }) => annotationOf(id) !== undefined);
        const whole = hasNotes
          ? drawnPoints(
              scope,
              withContents(scope.modelClass, documentPoints(scope, raw), (id) => known(id)?.height ?? 0, NODE_WIDTH),
            )
          : raw;
        const guided = placeDragged(whole, [...nodes, ...annotations], modifiers.current.shift, REACH / flow.getZoom());
        const [only, ...others] = Object.keys(guided.points);
        const item = only === undefined || others.length > 0 || modifiers.current.alt ? undefined : known(only);
        const isInserting = item !== undefined && portsToInsert(scope.modelClass, nodes, item.id) !== undefined;
        show({ ...guided, into: isInserting ? wireUnder(boxOf(item, guided.points[item.id]!), wires) : undefined });
      } else if (isDragged || isCancelled.current) drop(moves.map(({ id }) => id));
      else {
        const points = Object.fromEntries(Object.entries(raw).map(([id, { x, y }]) => [id, { x: snap(x), y: snap(y) }]));
        // Arrow keys repeat: their moves are one step.
        services.document.edit(labelOf(Object.keys(points)), (doc) => moveTo(doc, scope, points), {
          merge: `move:${Object.keys(points).join()}`,
        });
      }
    },
    [drawn, services, flow, modifiers, show, drop],
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
function moveTo(document: ModelDocument, scope: Scope, drawn: Readonly<Record<string, Point>>): ModelDocument {
  const classId = scope.modelClass.id;
  const entries = Object.entries(documentPoints(scope, drawn)).map(([key, at]) => [splitKey(key).id, at] as const);
  const nodes = entries.filter(([key]) => annotationOf(key) === undefined);
  const notes = entries.flatMap(([key, at]) => (annotationOf(key) === undefined ? [] : [[annotationOf(key)!, at] as const]));
  return moveAnnotations(moveNodes(document, classId, Object.fromEntries(nodes)), classId, Object.fromEntries(notes));
}

type Points = Readonly<Record<string, Point>>;

/** Places on the canvas as places of the document. */
function documentPoints({ modelClass, room }: Scope, drawn: Points): Points {
  const nearOf = (key: string): Point => {
    const note = annotationOf(key);
    if (note === undefined) return placeInDocument(modelClass, splitKey(key).id);
    return modelClass.annotations?.find(({ id }) => id === note) ?? { x: 0, y: 0 };
  };
  return Object.fromEntries(
    Object.entries(drawn).map(([key, at]) => {
      const { x, y } = room.toDocument(at, nearOf(key));
      return [key, { x, y }];
    }),
  );
}

function drawnPoints({ room }: Scope, points: Points): Points {
  return Object.fromEntries(
    Object.entries(points).map(([key, at]) => {
      const { x, y } = room.toDrawn(at);
      return [key, { x, y }];
    }),
  );
}

/** The ports by which a node can be put into a wire: it has some on both sides, and no wire yet. */
function portsToInsert(
  modelClass: ModelClass,
  nodes: readonly FlowNode[],
  id: NodeId,
): { readonly input: string; readonly output: string } | undefined {
  const row = nodes.find((node) => node.id === id)?.data.row;
  const plain = splitKey(id).id;
  const graph = graphOf(modelClass);
  const [input] = row?.inputs ?? [];
  const [output] = row?.outputs ?? [];
  if (input === undefined || output === undefined || graph.incoming(plain).length > 0 || graph.outgoing(plain).length > 0) return undefined;
  return { input, output };
}
