/**
 * @file All that the data-flow lens draws: the graph of the class that the canvas shows, and within it the graphs of those that are expanded in place,
 * each as the instance that it is. What has not changed stays the same object, in each graph as in one alone.
 */
import type { Check } from '../../../../core/check/index.ts';
import { annotationsOf, keysOf, type ModelClass, type ModelDocument, type NodeId, type Point } from '../../../../core/document/index.ts';
import type { ModuleInfo } from '../../../../core/run/index.ts';
import { framesWithin, type Expandable } from '../../../state/derived/frames.ts';
import type { Direction } from '../../../state/layout/graph.ts';
import { NODE_HEADER_HEIGHT, NODE_WIDTH } from '../../../state/layout/node-size.ts';
import { type FoundInRun, NOTHING_FOUND } from '../../../state/runs/found-in-run.ts';
import { keyWithin, splitKey } from '../../../state/session/expansion.ts';
import { NOTHING_SELECTED, type OpenStep, type Selection } from '../../../state/session/store.ts';
import { MANY_NODES } from '../limits.ts';
import { type Drawing, FlowStore } from '../flow-store.ts';
import { drawnIn } from '../annotations/drawn-in.ts';
import { GiveWay, type Grown } from './give-way.ts';
import { makeRoom, placeInDocument, PLAIN_ROOM, type Room } from './room.ts';
import type { Frame, Site } from './site.ts';

export interface SceneSources {
  readonly document: ModelDocument;
  readonly check: Check;
  /** The class that the canvas shows, and the way to it. */
  readonly modelClass: ModelClass;
  readonly open: readonly OpenStep[];
  readonly expanded: Readonly<Record<string, number>>;
  /** Where the selection is. */
  readonly inside: string;
  readonly selection: Selection;
  /** The node there that Tab leads to. */
  readonly tabStop: NodeId | undefined;
  readonly modules: readonly ModuleInfo[];
  readonly found?: FoundInRun;
  readonly direction: Direction;
  readonly dragged: Readonly<Record<string, Point>>;
}

/** One graph of the scene. */
export interface Scope {
  readonly site: Site;
  readonly modelClass: ModelClass;
  readonly room: Room;
  readonly drawing: Drawing;
}

/** The class that the canvas shows first, others after those that they are within. */
export type Scene = readonly Scope[];

/** Between the frame and what it holds; above it is room for the labels of wires. */
const PADDING = 28;
const ABOVE = 52;
/** What a node of a graph too large to be measured is taken to be high. */
const ROUGH_HEIGHT = NODE_HEADER_HEIGHT + 40;

interface Kept {
  readonly store: FlowStore;
  site: Site;
  room: Room;
  /** Of what the room follows from. */
  signature: string;
  bounds: { readonly of: readonly unknown[]; readonly box: Box } | undefined;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A graph on its way into the scene: measured from the inside out, placed from the outside in. */
interface Measured {
  readonly kept: Kept;
  readonly modelClass: ModelClass;
  readonly way: GiveWay;
  readonly frames: ReadonlyMap<NodeId, Frame>;
  readonly inner: readonly { readonly frame: Frame; readonly measured: Measured }[];
  readonly signature: string;
}

export class SceneStore {
  private readonly kept = new Map<string, Kept>();
  private scene: Scene = [];

  draw(sources: SceneSources): Scene {
    const seen = new Set<string>();
    const base = this.measure(sources, sources.modelClass, sources.open, '', seen);
    const scene: Scope[] = [];
    this.place(sources, base, { x: 0, y: 0 }, scene);
    for (const key of this.kept.keys()) if (!seen.has(key)) this.kept.delete(key);
    const { scene: before } = this;
    if (before.length === scene.length && before.every((scope, i) => isSameScope(scope, scene[i]!))) return before;
    return (this.scene = scene.map((scope, i) => (before[i] && isSameScope(before[i], scope) ? before[i] : scope)));
  }

  private keep(key: string, classId: string, open: readonly OpenStep[]): Kept {
    let kept = this.kept.get(key);
    const site = { key, class: classId, open, instance: open.at(-1)?.instance ?? [] };
    if (!kept) this.kept.set(key, (kept = { store: new FlowStore(), site, room: PLAIN_ROOM, signature: '', bounds: undefined }));
    // The room is that of the frames within, which are other instances then.
    else if (JSON.stringify(kept.site) !== JSON.stringify(site)) Object.assign(kept, { site, signature: '' });
    return kept;
  }

  private measure(sources: SceneSources, modelClass: ModelClass, open: readonly OpenStep[], key: string, seen: Set<string>): Measured {
    seen.add(key);
    const { document, check, modules, direction, expanded } = sources;
    const kept = this.keep(key, modelClass.id, open);
    kept.store.learn({ document, check, modelClass, instance: kept.site.instance, modules, direction });
    const inner = framesWithin(document, modelClass, open, expanded, key).map((each) => {
      const measured = this.measure(sources, document.classes[each.class]!, each.open, each.key, seen);
      return { frame: this.frameOf(each, measured, kept), measured };
    });
    const grown = inner.map(({ frame }): Grown => {
      const folded = { width: NODE_WIDTH, height: frame.headHeight };
      return { id: frame.node, at: placeInDocument(modelClass, frame.node), folded, drawn: frame };
    });
    const signature = JSON.stringify([grown, inner.map(({ frame }) => [frame.item, frame.open]), direction]);
    const way = kept.signature === signature ? kept.room.way : new GiveWay(grown, direction);
    const before = kept.signature === signature ? kept.room.frames : new Map<NodeId, Frame>();
    const frames = before.size > 0 ? before : new Map(inner.map(({ frame }) => [frame.node, frame]));
    return { kept, modelClass, way, frames, inner, signature };
  }

  private frameOf(each: Expandable, inside: Measured, around: Kept): Frame {
    const headHeight = around.store.heightOf(each.node);
    const { left, top, right, bottom } = boundsOf(inside);
    return {
      ...each,
      headHeight,
      width: Math.max(NODE_WIDTH, right - left + 2 * PADDING),
      height: headHeight + bottom - top + ABOVE + PADDING,
    };
  }

  private place(sources: SceneSources, measured: Measured, origin: Point, scene: Scope[]): void {
    const { kept, modelClass, way, frames, inner, signature } = measured;
    const { room } = kept;
    const isSame = kept.signature === signature && room.origin.x === origin.x && room.origin.y === origin.y;
    if (!isSame) {
      const isPlain = frames.size === 0 && origin.x === 0 && origin.y === 0;
      kept.room = isPlain ? PLAIN_ROOM : makeRoom(origin, way, frames);
      kept.signature = signature;
    }
    const { document, check, modules, direction, dragged, inside, selection, tabStop, found = NOTHING_FOUND } = sources;
    const { site } = kept;
    const drawing = kept.store.draw({
      document,
      check,
      modelClass,
      instance: site.instance,
      site,
      room: kept.room,
      selection: inside === site.key ? selection : NOTHING_SELECTED,
      tabStop: inside === site.key ? tabStop : undefined,
      modules,
      found,
      direction,
      dragged,
    });
    scene.push({ site, modelClass, room: kept.room, drawing });
    for (const { frame, measured: within } of inner) {
      const at = dragged[keyWithin(site.key, frame.node)] ?? kept.room.toDrawn(placeInDocument(modelClass, frame.node));
      const { left, top } = boundsOf(within);
      this.place(sources, within, { x: at.x + PADDING - left, y: at.y + frame.headHeight + ABOVE - top }, scene);
    }
  }
}

function isSameScope(a: Scope, b: Scope): boolean {
  return a.site === b.site && a.modelClass === b.modelClass && a.room === b.room && a.drawing === b.drawing;
}

/** What a graph takes, with the room that it makes; in the places of its document. Not measured anew while nothing of it changes. */
function boundsOf({ kept, modelClass, way, frames, signature }: Measured): Box {
  const of = [modelClass.nodes, modelClass.layout, modelClass.wires, modelClass.annotations, signature];
  if (kept.bounds && kept.bounds.of.every((part, i) => part === of[i])) return kept.bounds.box;
  const ids = keysOf(modelClass.nodes);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const id of ids) {
    const { x, y } = way.toDrawn(placeInDocument(modelClass, id));
    const frame = frames.get(id);
    const height = frame?.height ?? (ids.length > MANY_NODES ? ROUGH_HEIGHT : kept.store.heightOf(id));
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + (frame?.width ?? NODE_WIDTH));
    bottom = Math.max(bottom, y + height);
  }
  // Notes within it are drawn there, too.
  const room = makeRoom({ x: 0, y: 0 }, way, frames);
  for (const note of annotationsOf(modelClass)) {
    const { x, y, width, height } = drawnIn(note, room);
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  const box = left === Infinity ? { left: 0, top: 0, right: NODE_WIDTH, bottom: NODE_HEADER_HEIGHT } : { left, top, right, bottom };
  kept.bounds = { of, box };
  return box;
}

/** The innermost graph whose frame holds a point of the canvas. */
export function scopeAround(scene: Scene, { x, y }: Point): Scope | undefined {
  return scene.findLast(({ site }) => {
    if (site.key === '') return true;
    const { inside, id } = splitKey(site.key);
    const box = scene.find((each) => each.site.key === inside)?.drawing.byId.get(id);
    const { position, width = 0, height = 0 } = box ?? { position: { x: Infinity, y: 0 } };
    return x >= position.x && x <= position.x + width && y >= position.y && y <= position.y + height;
  });
}
