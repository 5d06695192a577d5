/** @file In which frame one is, where the head that would say so is out of sight. Pure. */
import { annotationsOf, type Point, type Size } from '../../../../core/document/index.ts';
import { formatPath } from '../../../state/paths.ts';
import { drawnIn } from '../annotations/drawn-in.ts';
import type { Scene } from '../expansion/scene.ts';
import { splitKey } from '../../../state/session/expansion.ts';

export interface FrameAround extends Point, Size {
  readonly title: string;
}

/** A head is read from its left end; so much of it is enough. */
const READABLE = 48;

/** All frames of a scene, whether drawn by hand or of what is expanded in place, outer ones first. */
export function framesOf(scene: Scene): readonly FrameAround[] {
  const frames: FrameAround[] = [];
  const drawings = new Map(scene.map(({ site, drawing }) => [site.key, drawing]));
  for (const { site, modelClass, room } of scene) {
    if (site.key === '') {
      for (const each of annotationsOf(modelClass)) {
        if (each.kind !== 'frame' || each.title === '') continue;
        const { x, y, width, height } = drawnIn(each, room);
        frames.push({ x, y, width, height, title: each.title });
      }
      continue;
    }
    const { inside, id } = splitKey(site.key);
    const box = drawings.get(inside)?.byId.get(id);
    if (!box) continue;
    const title = `${modelClass.name} ${formatPath(site.instance)}`;
    frames.push({ ...box.position, width: box.width ?? 0, height: box.height ?? 0, title });
  }
  return frames;
}

/** The innermost frame around the middle of a view of which the view does not show the head. */
export function frameAround(frames: readonly FrameAround[], view: Point & Size): FrameAround | undefined {
  const [x, y] = [view.x + view.width / 2, view.y + view.height / 2];
  const around = frames.filter((each) => x >= each.x && x <= each.x + each.width && y >= each.y && y <= each.y + each.height);
  const innermost = around.toSorted((a, b) => a.width * a.height - b.width * b.height)[0];
  if (!innermost) return undefined;
  const isHeadSeen = innermost.y >= view.y && innermost.x > view.x - READABLE;
  return isHeadSeen ? undefined : innermost;
}
