/** @file The notes and frames of the open class as nodes of React Flow: where they are dragged and resized to, and the steps that this makes. */
import { useCallback, useMemo, useState } from 'react';
import type { NodeChange } from 'reactflow';
import {
  annotationsOf,
  changeAnnotation,
  type Annotation,
  type ModelClass,
  type Point,
  type Size,
} from '../../../../core/document/index.ts';
import { useSession } from '../../../hooks/session.ts';
import { useEdit } from '../../../hooks/use-edit.ts';
import { snap } from '../../../state/layout/node-size.ts';
import type { Room } from '../expansion/room.ts';
import type { Region } from '../candidates.ts';
import { useRegion } from '../in-sight.ts';
import { drawnIn } from './drawn-in.ts';
import { annotationKey, annotationOf, toAnnotationNode, type AnnotationNode } from './annotation-node.ts';

const NO_ANNOTATIONS: readonly Annotation[] = [];

interface Resized extends Point, Size {
  readonly id: string;
}

export interface Annotations {
  readonly nodes: readonly AnnotationNode[];
  /** Takes changes of size, and gives the others: a note that is resized at its left is moved, too. */
  readonly takeSizes: <T extends NodeChange>(changes: readonly T[]) => readonly T[];
}

/** With more notes than these, those in sight are drawn. */
const MANY_NOTES = 60;

/** `room`: what is expanded in the class makes notes give way as nodes do, and frames grow around it; `tabStop`: the one that Tab leads to. */
export function useAnnotations(
  modelClass: ModelClass | undefined,
  dragged: Readonly<Record<string, Point>>,
  room: Room,
  tabStop: string | undefined,
): Annotations {
  const chosen = useSession((state) => state.selection.annotations);
  const typingIn = useSession((state) => state.typingIn);
  const [resized, setResized] = useState<Resized | null>(null);
  const edit = useEdit();
  const annotations = modelClass?.annotations;
  const region = useRegion((annotations ?? NO_ANNOTATIONS).length > MANY_NOTES);
  const [drawn] = useState(() => new Map<string, AnnotationNode>());
  const nodes = useMemo(() => {
    const shown = (annotations ?? NO_ANNOTATIONS).flatMap((each) => {
      const at = resized?.id === each.id ? resized : dragged[annotationKey(each.id)];
      const placed = at ? { ...drawnIn(each, room), ...at } : drawnIn(each, room);
      const [isChosen, isTyping] = [chosen.includes(each.id), typingIn === each.id];
      const isTabStop = tabStop === each.id;
      if (region && !at && !isChosen && !isTyping && !isTabStop && !isWithin(region, placed)) return [];
      const known = drawn.get(each.id);
      const node = toAnnotationNode(placed, isChosen, isTyping, isTabStop);
      return known && isSameNote(known, node) ? known : node;
    });
    drawn.clear();
    for (const node of shown) drawn.set(annotationOf(node.id)!, node);
    return shown;
  }, [annotations, resized, dragged, room, region, chosen, typingIn, drawn, tabStop]);
  const takeSizes = useCallback(
    <T extends NodeChange>(changes: readonly T[]): readonly T[] => {
      const size = changes.find((change) => change.type === 'dimensions' && change.resizing !== undefined);
      const id = size?.type === 'dimensions' ? annotationOf(size.id) : undefined;
      const before = modelClass && annotationsOf(modelClass).find((each) => each.id === id);
      if (size?.type !== 'dimensions' || id === undefined || !before) return changes;
      const move = changes.find((change) => change.type === 'position' && change.id === size.id);
      const placed = drawnIn(before, room);
      const from = resized?.id === id ? resized : placed;
      const at = move?.type === 'position' && move.position ? move.position : from;
      const to = size.dimensions ?? from;
      const rect = { x: snap(at.x), y: snap(at.y), width: snap(to.width), height: snap(to.height) };
      if (size.resizing === true) setResized({ id, ...rect });
      else {
        setResized(null);
        const at = room.toDocument(rect, before);
        const size = { width: rect.width - placed.width + before.width, height: rect.height - placed.height + before.height };
        edit(`Resize ${before.kind}`, (document) => changeAnnotation(document, modelClass.id, id, { x: at.x, y: at.y, ...size }));
      }
      return changes.filter((change) => !('id' in change) || change.id !== size.id);
    },
    [modelClass, resized, room, edit],
  );
  return { nodes, takeSizes };
}

function isWithin({ left, top, right, bottom }: Region, { x, y, width, height }: Annotation): boolean {
  return x <= right && x + width >= left && y <= bottom && y + height >= top;
}

/** Whether nothing that is drawn differs, so that React Flow and React pass it over. */
function isSameNote(a: AnnotationNode, b: AnnotationNode): boolean {
  const [noteA, noteB] = [a, b].map((each) => (each.type === 'note' ? each.data.note : each.data.frame));
  const isSame = (Object.keys(noteA!) as (keyof Annotation)[]).every((key) => noteA![key] === noteB![key]);
  return (
    isSame && a.type === b.type && a.selected === b.selected && a.data.isTyping === b.data.isTyping && a.domAttributes === b.domAttributes
  );
}
