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

export function useAnnotations(modelClass: ModelClass | undefined, dragged: Readonly<Record<string, Point>>): Annotations {
  const chosen = useSession((state) => state.selection.annotations);
  const typingIn = useSession((state) => state.typingIn);
  const [resized, setResized] = useState<Resized | null>(null);
  const edit = useEdit();
  const annotations = modelClass?.annotations;
  const nodes = useMemo(
    () =>
      (annotations ?? NO_ANNOTATIONS).map((each) => {
        const at = resized?.id === each.id ? resized : dragged[annotationKey(each.id)];
        return toAnnotationNode(at ? { ...each, ...at } : each, chosen.includes(each.id), typingIn === each.id);
      }),
    [annotations, resized, dragged, chosen, typingIn],
  );
  const takeSizes = useCallback(
    <T extends NodeChange>(changes: readonly T[]): readonly T[] => {
      const size = changes.find((change) => change.type === 'dimensions' && change.resizing !== undefined);
      const id = size?.type === 'dimensions' ? annotationOf(size.id) : undefined;
      const before = modelClass && annotationsOf(modelClass).find((each) => each.id === id);
      if (size?.type !== 'dimensions' || id === undefined || !before) return changes;
      const move = changes.find((change) => change.type === 'position' && change.id === size.id);
      const from = resized?.id === id ? resized : before;
      const at = move?.type === 'position' && move.position ? move.position : from;
      const to = size.dimensions ?? from;
      const rect = { x: snap(at.x), y: snap(at.y), width: snap(to.width), height: snap(to.height) };
      if (size.resizing === true) setResized({ id, ...rect });
      else {
        setResized(null);
        edit(`Resize ${before.kind}`, (document) => changeAnnotation(document, modelClass.id, id, rect));
      }
      return changes.filter((change) => !('id' in change) || change.id !== size.id);
    },
    [modelClass, resized, edit],
  );
  return { nodes, takeSizes };
}
