/** @file Lets commands, palette and lists reach the canvas that is drawn: fit, reveal, and where its middle is. */
import { useEffect } from 'react';
import { type ReactFlowInstance, useReactFlow, useStoreApi } from 'reactflow';
import { useServices } from '../../hooks/services.ts';
import { annotationsOf, keysOf, type Point } from '../../../core/document/index.ts';
import { findBaseClass } from '../../state/derived/frames.ts';
import { keyWithin } from '../../state/session/expansion.ts';
import { annotationKey } from './annotations/annotation-node.ts';
import { drawnIn } from './annotations/drawn-in.ts';
import type { CanvasHandlers } from '../../state/canvas-port.ts';
import type { Item } from '../../state/walking/reading-order.ts';
import { isItem } from './keyboard/item-element.ts';
import { boundsOfNodes } from './bounds.ts';
import { useBringIntoSight } from './bring-into-sight.ts';
import { placeInDocument, PLAIN_ROOM } from './expansion/room.ts';
import type { Scene, Scope } from './expansion/scene.ts';
import { drawClasses } from './picture/class-pictures.ts';
import { toPicture } from './picture/picture.ts';
import { Router } from './routing/router.ts';
import { pathKey } from '../../state/paths.ts';
import { FAR_ZOOM, MANY_NODES } from './limits.ts';
import { NOTHING_DRAWN } from './flow-store.ts';
import type { FlowNode } from './node-view.tsx';
import { NODE_HEADER_HEIGHT, NODE_WIDTH, snap } from '../../state/layout/node-size.ts';

const FIT_BOUNDS = { padding: 0.08 };
/** Free of what lies on the canvas: the way back above, colours and zoom below. */
const FIT = { padding: { x: 0.08, top: '52px', bottom: '56px' }, maxZoom: 1 } as const;

/** Brings a node into view without changing the zoom, unless it is visible. */
function reveal(flow: ReactFlowInstance, id: string): void {
  const node = flow.getInternalNode(id);
  if (!node) return;
  const { x, y } = node.internals.positionAbsolute;
  void flow.setCenter(x + (node.width ?? 0) / 2, y + (node.height ?? 0) / 2, { zoom: flow.getZoom() });
}

/** A node near the top left of a large graph, where one begins to read; the whole of a small one. */
const READING_ZOOM = 0.8;

/** `drawn`: what the lens draws, also where React Flow has only what is in sight; `startWire`: what wires by the keyboard. */
export function useCanvasPort(drawn?: { readonly current: Scene }, startWire?: { readonly current: CanvasHandlers['startWire'] }): void {
  const services = useServices();
  const { canvas, session } = services;
  const flow = useReactFlow();
  const store = useStoreApi();
  const bringIntoSight = useBringIntoSight();
  useEffect(() => {
    /** The graph that commands work on: where the selection is. */
    const here = (): Scope | undefined => {
      const { inside } = session.getState();
      return drawn?.current.find(({ site }) => site.key === inside) ?? drawn?.current[0];
    };
    const nodeOf = (id: string): FlowNode | undefined => here()?.drawing.byId.get(id);
    /** A place on the canvas as one of the document. */
    const toDocument = (at: Point): Point => here()?.room.toDocument(at, at) ?? at;
    const domNode = (): HTMLElement | null => store.getState().domNode;
    const putOn = (kind: Item['kind'], id: string): void => {
      const { inside, open, focused } = session.getState();
      const scope = here();
      // So that it is drawn, wherever one looks.
      const isKnown = focused?.kind === kind && focused.id === id && focused.inside === inside;
      const place = scope?.modelClass.id ?? open.at(-1)?.class;
      if (!isKnown && place !== undefined) session.set({ focused: { kind, id, inside, class: place } });
      const key = kind === 'node' ? keyWithin(inside, id) : annotationKey(id);
      whenDrawn(
        () => domNode()?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(key)}"]`),
        (element) => {
          // A field within it that has the keyboard keeps it.
          if (!element.contains(document.activeElement)) element.focus({ preventScroll: true });
          if (kind === 'node') handlers.keepInSight(id);
        },
      );
    };
    const handlers: CanvasHandlers = {
      fit(what) {
        const { nodes, modules } = session.getState().selection;
        const { inside } = session.getState();
        const chosen = [...nodes.map((id) => keyWithin(inside, id)), ...modules].map((id) => ({ id }));
        const drawing = drawn?.current[0]?.drawing ?? NOTHING_DRAWN;
        if (drawing.size <= MANY_NODES) void flow.fitView(what === 'selection' && chosen.length > 0 ? { ...FIT, nodes: chosen } : FIT);
        else if (what === 'opening') {
          const { x, y } = drawing.places.get(keysOf(drawing.graph.nodes)[0] ?? '') ?? { x: 0, y: 0 };
          void flow.setViewport({ x: 80 - x * READING_ZOOM, y: 80 - y * READING_ZOOM, zoom: READING_ZOOM });
        } else {
          const wanted = what === 'selection' && nodes.length > 0 ? nodes.flatMap((id) => nodeOf(id) ?? []) : drawing.nodes;
          void flow.fitBounds(boundsOfNodes(wanted), FIT_BOUNDS);
        }
      },
      revealNode(id) {
        const node = nodeOf(id);
        if (!node) reveal(flow, id);
        else
          void flow.setCenter(node.position.x + (node.width ?? 0) / 2, node.position.y + (node.height ?? 0) / 2, {
            zoom: Math.max(flow.getZoom(), FAR_ZOOM),
          });
      },
      revealAnnotation(id) {
        const modelClass = findBaseClass(services.document.getState().document, session.getState());
        const annotation = modelClass && annotationsOf(modelClass).find((each) => each.id === id);
        if (!annotation) return;
        const { x, y, width, height } = drawnIn(annotation, drawn?.current[0]?.room ?? PLAIN_ROOM);
        void flow.setCenter(x + width / 2, y + height / 2, { zoom: Math.max(flow.getZoom(), FAR_ZOOM) });
      },
      revealModule: (path) => reveal(flow, pathKey(path)),
      look: (viewport) => void flow.setViewport(viewport),
      boxes(ids) {
        const scope = here();
        return new Map(
          ids.flatMap((id) => {
            const node = nodeOf(id);
            if (!scope || !node) return [];
            // As the document has them: what is expanded is there as large as a node.
            const { x, y } = placeInDocument(scope.modelClass, id);
            return [[id, { x, y, width: NODE_WIDTH, height: node.data.frame?.headHeight ?? node.height ?? 0 }] as const];
          }),
        );
      },
      centre() {
        const { width, height, transform } = store.getState();
        const [x, y, zoom] = transform;
        return toDocument({ x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom });
      },
      picture() {
        const { document } = services.document.getState();
        const [base] = drawn?.current ?? [];
        if (!drawn || !base) return undefined;
        const { modelClass, room } = base;
        const nodes = drawn.current.flatMap((scope) => scope.drawing.nodes);
        const { direction } = session.getState();
        const wires = drawn.current.flatMap(({ drawing }) => new Router().route(drawing, {}, direction));
        const title = `${document.name}: ${modelClass.name}`;
        return toPicture({ title, nodes, wires, annotations: annotationsOf(modelClass).map((each) => drawnIn(each, room)) });
      },
      pictures(linkTo) {
        const { document } = services.document.getState();
        return drawClasses({ document, check: services.derived.check(document), direction: session.getState().direction, linkTo });
      },
      boundsOf(ids) {
        const scope = here();
        const nodes = ids.flatMap((id) => nodeOf(id) ?? []);
        return !scope || nodes.length === 0
          ? undefined
          : { ...boundsOfNodes(nodes), ...scope.room.toDocument(boundsOfNodes(nodes), boundsOfNodes(nodes)) };
      },
      pointAt({ x, y }) {
        const at = toDocument(flow.screenToFlowPosition({ x, y }));
        return { x: snap(at.x - NODE_WIDTH / 2), y: snap(at.y - NODE_HEADER_HEIGHT / 2) };
      },
      keepInSight(id) {
        const node = nodeOf(id);
        const { domNode, width, height, transform } = store.getState();
        if (!node || !domNode) return undefined;
        const [left, top, zoom] = transform;
        const box = { width: (node.width ?? NODE_WIDTH) * zoom, height: (node.height ?? NODE_HEADER_HEIGHT) * zoom };
        const [x, y] = [left + node.position.x * zoom, top + node.position.y * zoom];
        const moved = { x: nearestInside(x, box.width, width), y: nearestInside(y, box.height, height) };
        if (moved.x !== x || moved.y !== y) void flow.setViewport({ x: left + moved.x - x, y: top + moved.y - y, zoom });
        const frame = domNode.getBoundingClientRect();
        return { x: frame.left + moved.x, y: frame.top + moved.y, ...box };
      },
      bring(ids) {
        const nodes = ids.flatMap((id) => nodeOf(id) ?? []);
        if (nodes.length > 0) bringIntoSight(boundsOfNodes(nodes));
      },
      focus: () => store.getState().domNode?.closest<HTMLElement>('.canvas')?.focus(),
      focusNode: (id) => putOn('node', id),
      focusItem: ({ kind, id }) => putOn(kind, id),
      focusWire(id) {
        const key = keyWithin(session.getState().inside, id);
        const label = (): HTMLElement | null | undefined =>
          domNode()?.querySelector(`.wire-label[data-id="${CSS.escape(key)}"] .wire-shape`);
        whenDrawn(label, (element) => element.focus({ preventScroll: true }));
      },
      startWire: (id, side) => startWire?.current(id, side),
      hasKeyboard: () => isItem(document.activeElement),
    };
    return canvas.attach(handlers);
  }, [canvas, services, session, flow, store, drawn, startWire, bringIntoSight]);
}

/** So many frames what a change of the session asks for may take to be drawn. */
const FRAMES = 4;

/** Now, or once it is drawn. */
function whenDrawn(find: () => HTMLElement | null | undefined, then: (element: HTMLElement) => void, frames = FRAMES): void {
  const element = find();
  if (element) then(element);
  else if (frames > 0) requestAnimationFrame(() => whenDrawn(find, then, frames - 1));
}

/** Free of what lies on the canvas above and below. */
const EDGE = 56;

/** Where a length lies inside another: where it is, if it is inside. */
function nearestInside(at: number, length: number, whole: number): number {
  return Math.max(EDGE, Math.min(at, whole - EDGE - length));
}
