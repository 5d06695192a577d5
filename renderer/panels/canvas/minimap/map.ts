/** @file The small map of a graph: which boxes it has, and how the places of the canvas become places of the map. Pure. */
import type { Point, Size } from '../../../../core/document/index.ts';

/** Something on the map, where it lies on the canvas. */
export interface MapBox extends Point, Size {
  /** A colour, or the name of a token of the theme such as `--family-dense`. */
  readonly color: string;
  /** Drawn last, and never smaller than can be seen. `outline`: only its edge, for what holds others. */
  readonly mark?: 'problem' | 'selected' | 'outline';
}

export interface Bounds extends Point, Size {}

/** How a graph lies on its map. */
export interface MapScale extends Size {
  readonly bounds: Bounds;
  /** Pixels of the map for one of the canvas. */
  readonly scale: number;
}

/** Between the graph and the edge of the map, in its pixels. */
const MARGIN = 8;
/** A chain is a long line: its map is no narrower than can be hit. */
const LEAST_SIDE = 44;

/** What boxes cover together; undefined where there are none. */
export function boundsOfBoxes(boxes: readonly MapBox[]): Bounds | undefined {
  if (boxes.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** As large as `most` allows, in the proportions of the graph. */
export function scaleToFit(bounds: Bounds, most: Size): MapScale {
  const scale = Math.min((most.width - 2 * MARGIN) / Math.max(1, bounds.width), (most.height - 2 * MARGIN) / Math.max(1, bounds.height));
  const side = (length: number, longest: number) => Math.round(Math.min(longest, Math.max(LEAST_SIDE, length * scale + 2 * MARGIN)));
  return { bounds, scale, width: side(bounds.width, most.width), height: side(bounds.height, most.height) };
}

/** Where the graph begins on the map: it stands in its middle. */
function cornerOf({ bounds, scale, width, height }: MapScale): Point {
  return { x: (width - bounds.width * scale) / 2, y: (height - bounds.height * scale) / 2 };
}

export function toMap(map: MapScale, at: Point): Point {
  const corner = cornerOf(map);
  return { x: corner.x + (at.x - map.bounds.x) * map.scale, y: corner.y + (at.y - map.bounds.y) * map.scale };
}

export function toCanvas(map: MapScale, at: Point): Point {
  const corner = cornerOf(map);
  return { x: map.bounds.x + (at.x - corner.x) / map.scale, y: map.bounds.y + (at.y - corner.y) / map.scale };
}

/** The frame is never smaller, or it could be neither seen nor taken hold of. */
const LEAST_FRAME = 10;

/** The part in sight as a frame within the map, also where one looks past the graph. */
export function frameOn(map: MapScale, view: Bounds): Bounds {
  const from = toMap(map, view);
  const [x, width] = clip(from.x, view.width * map.scale, map.width);
  const [y, height] = clip(from.y, view.height * map.scale, map.height);
  return { x, y, width, height };
}

function clip(start: number, length: number, whole: number): readonly [number, number] {
  const from = Math.min(Math.max(0, start), whole - LEAST_FRAME);
  const to = Math.max(Math.min(whole, start + length), from + LEAST_FRAME);
  return [from, to - from];
}

export function holds({ x, y, width, height }: Bounds, at: Point): boolean {
  return at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height;
}
