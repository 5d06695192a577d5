/**
 * @file Places that no canvas reaches, as a damaged file or a program gone astray has them. A node that lies there loses its place, and is placed
 * like one that never had any; notes, frames and bookmarks are brought to the edge.
 */
import { LEAST_ANNOTATION } from './edits/annotations.ts';
import type { Annotation, Bookmark, ModelClass, ModelDocument, Point } from './schema.ts';

/** Pixels from the middle: a browser lays nothing out further away, and half a million nodes in a row are nearer. */
export const REACH = 2 ** 25;
const ZOOM = { least: 0.01, most: 4 };

interface Reached {
  readonly document: ModelDocument;
  /** What was moved, as sentences for the user. */
  readonly notes: readonly string[];
}

/** The same document, where all of its places can be reached. */
export function withinReach(document: ModelDocument): Reached {
  const notes: string[] = [];
  let { classes } = document;
  for (const [id, modelClass] of Object.entries(classes)) {
    const reached = reachClass(modelClass, notes);
    if (reached !== modelClass) classes = { ...classes, [id]: reached };
  }
  const bookmarks = document.bookmarks && mapChanged(document.bookmarks, reachBookmark);
  if (classes === document.classes && bookmarks === document.bookmarks) return { document, notes };
  return { document: { ...document, classes, ...(bookmarks && { bookmarks }) }, notes };
}

function reachClass(modelClass: ModelClass, notes: string[]): ModelClass {
  const { name, layout, annotations } = modelClass;
  const far = Object.keys(layout).filter((id) => !isReached(layout[id]!));
  const moved = annotations && mapChanged(annotations, reachAnnotation);
  if (far.length === 0 && moved === annotations) return modelClass;
  if (far.length > 0) {
    const nodes = far.length === 1 ? 'One node' : `${far.length.toLocaleString('en')} nodes`;
    notes.push(`${nodes} of ${name.slice(0, 40)} lay further away than the canvas reaches, and got a new place.`);
  }
  if (moved !== annotations)
    notes.push(`Notes or frames of ${name.slice(0, 40)} that reached further than the canvas were brought back to it.`);
  const lost = new Set(far);
  const near = far.length === 0 ? layout : Object.fromEntries(Object.entries(layout).filter(([id]) => !lost.has(id)));
  return { ...modelClass, layout: near, ...(moved && { annotations: moved }) };
}

function isReached({ x, y }: Point): boolean {
  return Math.abs(x) <= REACH && Math.abs(y) <= REACH;
}

function reachAnnotation(annotation: Annotation): Annotation {
  const { x, y, width, height } = annotation;
  if (isReached(annotation) && width > 0 && height > 0 && width <= REACH && height <= REACH) return annotation;
  const size = (length: number, least: number): number => (length > 0 ? Math.min(length, REACH) : least);
  return {
    ...annotation,
    x: clamp(x, -REACH, REACH),
    y: clamp(y, -REACH, REACH),
    width: size(width, LEAST_ANNOTATION.width),
    height: size(height, LEAST_ANNOTATION.height),
  };
}

/** Where it looks is in pixels of the screen. */
function reachBookmark(bookmark: Bookmark): Bookmark {
  const zoom = clamp(bookmark.zoom, ZOOM.least, ZOOM.most);
  const most = REACH * zoom;
  const [x, y] = [clamp(bookmark.x, -most, most), clamp(bookmark.y, -most, most)];
  return zoom === bookmark.zoom && x === bookmark.x && y === bookmark.y ? bookmark : { ...bookmark, x, y, zoom };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** The list itself where no item changes. */
function mapChanged<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = items.map(change);
  return changed.every((item, i) => item === items[i]) ? items : changed;
}
