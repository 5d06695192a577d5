/** @file Walking the module tree by arrows: to what a Module holds, to what holds it, and along its siblings. */
import type { PlacedBox } from '../tree-layout.ts';

type Walked = Pick<PlacedBox, 'key' | 'parent' | 'y'>;

/** The box that a key leads to from one; undefined where it leads nowhere, and for other keys. */
export function boxAt(boxes: readonly Walked[], from: string, key: string): string | undefined {
  const here = boxes.find((box) => box.key === from);
  if (!here) return undefined;
  const downwards = (list: readonly Walked[]): readonly Walked[] => list.toSorted((a, b) => a.y - b.y);
  const siblings = downwards(boxes.filter(({ parent }) => parent === here.parent));
  const at = siblings.indexOf(here);
  switch (key) {
    case 'ArrowRight':
      return downwards(boxes.filter(({ parent }) => parent === from))[0]?.key;
    case 'ArrowLeft':
      return here.parent ?? undefined;
    case 'ArrowDown':
      return siblings[at + 1]?.key;
    case 'ArrowUp':
      return siblings[at - 1]?.key;
    case 'Home':
      return boxes.find(({ parent }) => parent === null)?.key;
    case 'End':
      return siblings.at(-1)?.key;
    default:
      return undefined;
  }
}
