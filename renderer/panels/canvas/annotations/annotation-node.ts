/** @file Notes and frames as React Flow draws them. Their ids are no ids of nodes: no document has one with a colon. */
import type { Node } from 'reactflow';
import { wireNotePoints, type Annotation, type Frame, type ModelClass, type Note, type Point } from '../../../../core/document/index.ts';
import { tabIndexOf } from '../keyboard/item-element.ts';

export type NoteNode = Node<{ readonly note: Note; readonly isTyping: boolean; readonly leader?: Point }, 'note'>;
export type FrameNode = Node<{ readonly frame: Frame; readonly isTyping: boolean }, 'frame'>;
export type AnnotationNode = NoteNode | FrameNode;

const PREFIX = 'annotation:';

export function annotationKey(id: string): string {
  return PREFIX + id;
}

/** The note or frame that an id of React Flow means; undefined for a node. */
export function annotationOf(key: string): string | undefined {
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
}

/** Behind the wires, also while it is selected, which puts it a thousand higher. */
const BEHIND = -1001;
const FRAME_STYLE = { pointerEvents: 'none' } as const;

export function toAnnotationNode(annotation: Annotation, isSelected: boolean, isTyping: boolean, isTabStop: boolean): AnnotationNode {
  const { x, y, width, height } = annotation;
  const shared = {
    id: annotationKey(annotation.id),
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [],
    selected: isSelected,
    connectable: false,
    ariaRole: 'group' as const,
    domAttributes: tabIndexOf(isTabStop),
    ...(isTabStop ? { dragging: true } : {}),
  };
  if (annotation.kind === 'note') {
    const data = { note: annotation, isTyping };
    return {
      ...shared,
      type: 'note',
      ariaLabel: `Note${annotation.wire === undefined ? '' : ' of a wire'}: ${annotation.text || 'empty'}`,
      data,
    };
  }
  const data = { frame: annotation, isTyping };
  const ariaLabel = `Frame: ${annotation.title}`;
  return { ...shared, type: 'frame', zIndex: BEHIND, style: FRAME_STYLE, dragHandle: '.frame-title', ariaLabel, data };
}

interface Placed extends Point {
  readonly id: string;
}

/** Moves of nodes, notes and frames by their keys, with what lies in the frames that are moved. `heightOf`: as a node is drawn. */
export function withContents(
  modelClass: ModelClass,
  moves: Readonly<Record<string, Point>>,
  heightOf: (node: string) => number,
  nodeWidth: number,
): Readonly<Record<string, Point>> {
  const annotations = modelClass.annotations ?? [];
  const along = wireNotePoints(modelClass, moves);
  const ofWires = Object.fromEntries(Object.entries(along).map(([id, to]) => [annotationKey(id), to]));
  const frames = annotations.filter((each): each is Frame => each.kind === 'frame' && Object.hasOwn(moves, annotationKey(each.id)));
  if (frames.length === 0) return Object.keys(ofWires).length === 0 ? moves : { ...ofWires, ...moves };
  const all: Record<string, Point> = {};
  for (const frame of frames) {
    const to = moves[annotationKey(frame.id)]!;
    const take = ({ id, x, y }: Placed, width: number, height: number): void => {
      const isInside = x >= frame.x && y >= frame.y && x + width <= frame.x + frame.width && y + height <= frame.y + frame.height;
      if (isInside) all[id] = { x: x + to.x - frame.x, y: y + to.y - frame.y };
    };
    for (const id in modelClass.layout) take({ id, ...modelClass.layout[id]! }, nodeWidth, heightOf(id));
    for (const { id, x, y, width, height } of annotations) if (id !== frame.id) take({ id: annotationKey(id), x, y }, width, height);
  }
  return { ...ofWires, ...all, ...moves };
}
