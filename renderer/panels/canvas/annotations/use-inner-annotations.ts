/** @file The notes and frames of what is expanded in place: looked at there, worked on where the class is entered. */
import { useMemo } from 'react';
import { annotationsOf } from '../../../../core/document/index.ts';
import { depthOf, keyWithin } from '../../../state/session/expansion.ts';
import { BEHIND } from '../flow-adapter.ts';
import type { Scene } from '../expansion/scene.ts';
import { toAnnotationNode, type AnnotationNode } from './annotation-node.ts';
import { drawnIn } from './drawn-in.ts';

const NOT_IN_HAND = { selectable: false, draggable: false, focusable: false, deletable: false } as const;
const UNDER_THE_POINTER = { pointerEvents: 'none' } as const;
const NONE: readonly AnnotationNode[] = [];

export function useInnerAnnotations(scene: Scene): readonly AnnotationNode[] {
  return useMemo(() => {
    const found = scene.slice(1).flatMap(({ site, modelClass, room }) =>
      annotationsOf(modelClass).map((each): AnnotationNode => {
        const node = toAnnotationNode({ ...drawnIn(each, room), id: keyWithin(site.key, each.id) }, false, false, false);
        return { ...node, ...NOT_IN_HAND, zIndex: BEHIND + 10 * depthOf(site.key) - 5, style: UNDER_THE_POINTER };
      }),
    );
    return found.length === 0 ? NONE : found;
  }, [scene]);
}
