/** @file How commands, the palette and lists reach the canvas without knowing it: it attaches itself while it is drawn. */
import type { Viewport } from './session/store.ts';
import type { ClassId, NodeId, Path, Point, Size, WireId } from '../../core/document/index.ts';
import type { Item } from './walking/reading-order.ts';

/** The whole graph of the open class as an SVG that stands alone. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface CanvasHandlers {
  /** Shows everything, or what is selected. */
  fit(what: 'all' | 'selection' | 'opening'): void;
  /** Brings a node of the open class into view. */
  revealNode(id: NodeId): void;
  /** Brings a note or a frame of the open class into view. */
  revealAnnotation(id: string): void;
  /** Brings a Module of the structure lens into view. */
  revealModule(path: Path): void;
  /** Shows the part of the open graph that a viewport names. */
  look(viewport: Viewport): void;
  /** Where nodes of the open class are drawn, and how large; empty while none is. */
  boxes(ids: readonly NodeId[]): ReadonlyMap<NodeId, Box>;
  /** The middle of what is visible, in canvas pixels. */
  centre(): Point;
  /** What nodes of the open class cover as they are drawn; undefined where none is. */
  boundsOf(nodes: readonly NodeId[]): (Point & Size) | undefined;
  /** Undefined where nothing is drawn. */
  picture(): Picture | undefined;
  /** Every class of the document that is not empty, in which uses of classes lead to an address each. Empty where there is no canvas. */
  pictures(linkTo: (used: ClassId) => string): ReadonlyMap<ClassId, Picture>;
  /** The place under a point of the window, in canvas pixels. */
  pointAt(screen: Point): Point;
  /** Moves the view only as far as a node needs to be seen whole. Gives where it then is in the window; undefined if it is not drawn. */
  keepInSight(id: NodeId): ScreenBox | undefined;
  /** Moves the view, and zooms out where it must, so that nodes are seen whole. */
  bring(ids: readonly NodeId[]): void;
  /** Puts the keyboard on a node of the open class, in sight. */
  focusNode(id: NodeId): void;
  /** The same for a node or a note. */
  focusItem(item: Item): void;
  /** Puts the keyboard on a wire of the open class. */
  focusWire(id: WireId): void;
  /** Begins a wire by the keyboard: from an output of a node of the open class, or into one of its inputs. */
  startWire(id: NodeId, side: 'in' | 'out'): void;
  /** Whether the keyboard is on a node, a note or a wire. */
  hasKeyboard(): boolean;
  /** Puts the keyboard on the canvas, on no node. */
  focus(): void;
}

/** In pixels of the window. */
export interface ScreenBox extends Point {
  readonly width: number;
  readonly height: number;
}

export interface CanvasPort extends CanvasHandlers {
  /** Gives back what takes the canvas off again. */
  attach(handlers: CanvasHandlers): () => void;
}

export function createCanvasPort(): CanvasPort {
  let attached: CanvasHandlers | undefined;
  return {
    attach(handlers) {
      attached = handlers;
      return () => {
        if (attached === handlers) attached = undefined;
      };
    },
    fit: (what) => attached?.fit(what),
    revealNode: (id) => attached?.revealNode(id),
    revealAnnotation: (id) => attached?.revealAnnotation(id),
    revealModule: (path) => attached?.revealModule(path),
    look: (viewport) => attached?.look(viewport),
    boxes: (ids) => attached?.boxes(ids) ?? new Map(),
    centre: () => attached?.centre() ?? { x: 0, y: 0 },
    boundsOf: (nodes) => attached?.boundsOf(nodes),
    picture: () => attached?.picture(),
    pictures: (linkTo) => attached?.pictures(linkTo) ?? new Map(),
    pointAt: (screen) => attached?.pointAt(screen) ?? { x: 0, y: 0 },
    keepInSight: (id) => attached?.keepInSight(id),
    bring: (ids) => attached?.bring(ids),
    focusNode: (id) => attached?.focusNode(id),
    focusItem: (item) => attached?.focusItem(item),
    focusWire: (id) => attached?.focusWire(id),
    startWire: (id, side) => attached?.startWire(id, side),
    hasKeyboard: () => attached?.hasKeyboard() ?? false,
    focus: () => attached?.focus(),
  };
}
