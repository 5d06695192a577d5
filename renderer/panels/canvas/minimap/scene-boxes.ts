/** @file The boxes of the map of the data-flow lens: by kind, with what is selected, what is wrong, frames, and what is expanded in place. */
import { useCallback } from 'react';
import type { Check } from '../../../../core/check/index.ts';
import { annotationsOf, classIdOf, keysOf, kindOfProblem, type ModelClass, type NodeId } from '../../../../core/document/index.ts';
import { graphOf } from '../../../../core/graph/index.ts';
import { findDescriptor } from '../../../../core/index.ts';
import { memoByIdentity } from '../../../state/derived/memo.ts';
import { NODE_HEADER_HEIGHT, NODE_WIDTH } from '../../../state/layout/node-size.ts';
import type { Selection } from '../../../state/session/store.ts';
import { drawnIn } from '../annotations/drawn-in.ts';
import type { Scene, Scope } from '../expansion/scene.ts';
import type { Dims } from '../use-traced.ts';
import type { MapBox } from './map.ts';

/** Colours by node. Asked of the document alone: ten thousand rows are not made for a map. */
const colorsOf = memoByIdentity((modelClass: ModelClass): ReadonlyMap<NodeId, string> => {
  const graph = graphOf(modelClass);
  const familyOf = (type: string): string => findDescriptor(type)?.family ?? 'io';
  return new Map(
    Object.values(modelClass.nodes).map((node) => {
      if (node.kind === 'op') return [node.id, `--family-${familyOf(node.op)}`];
      const member = node.kind === 'call' ? graph.behind(node.member) : undefined;
      if (!member) return [node.id, '--family-io'];
      return [node.id, `--family-${classIdOf(member.type) === undefined ? familyOf(member.type) : 'class'}`];
    }),
  );
});

/** What is not merely unfinished. */
function faultyIn(check: Check, { modelClass, site }: Scope): ReadonlySet<NodeId> {
  const faulty = new Set<NodeId>();
  for (const each of check.problemsAt(modelClass.id, site.instance))
    if (kindOfProblem(each) === 'error' && each.place.node !== undefined) faulty.add(each.place.node);
  return faulty;
}

interface Marks {
  readonly check: Check;
  readonly selection: Selection;
  /** The key of the graph in which it is selected. */
  readonly inside: string;
  /** The colours of an overlay over the graph that the canvas shows. */
  readonly heat: ((node: NodeId) => string | undefined) | null;
  /** What steps back while something is highlighted. */
  readonly dims: Dims;
}

export function boxesOfScene(scene: Scene, { check, selection, inside, heat, dims }: Marks): readonly MapBox[] {
  const boxes: MapBox[] = [];
  for (const scope of scene) {
    const { modelClass, site, room, drawing } = scope;
    if (site.key === '')
      for (const note of annotationsOf(modelClass)) {
        const { x, y, width, height } = drawnIn(note, room);
        boxes.push({ x, y, width, height, color: '--line-strong', ...(note.kind === 'frame' ? { mark: 'outline' } : {}) });
      }
    const colors = colorsOf(modelClass);
    const faulty = faultyIn(check, scope);
    const chosen = new Set(inside === site.key ? selection.nodes : []);
    for (const id of keysOf(modelClass.nodes)) {
      const at = drawing.places.get(id);
      if (!at) continue;
      const frame = room.frames.get(id);
      const { width, height } = frame ?? { width: NODE_WIDTH, height: NODE_HEADER_HEIGHT };
      const mark = faulty.has(id) ? 'problem' : chosen.has(id) ? 'selected' : undefined;
      const plain = (site.key === '' ? heat?.(id) : undefined) ?? colors.get(id) ?? '--family-io';
      const color =
        mark === 'problem' ? '--danger' : mark === 'selected' ? '--accent' : dims?.(site.key, id) ? '--line-strong' : nameOf(plain);
      const box = { x: at.x, y: at.y, width, height };
      // A frame holds what is drawn after it.
      if (frame) boxes.push({ ...box, color, mark: 'outline' });
      else boxes.push(mark ? { ...box, color, mark } : { ...box, color });
    }
  }
  return boxes;
}

/** A colour of the theme has a name, which a canvas does not know. */
function nameOf(color: string): string {
  return color.startsWith('var(') ? color.slice(4, -1) : color;
}

export function useSceneBoxes(scene: Scene, { check, selection, inside, heat, dims }: Marks): () => readonly MapBox[] {
  return useCallback(() => boxesOfScene(scene, { check, selection, inside, heat, dims }), [scene, check, selection, inside, heat, dims]);
}
