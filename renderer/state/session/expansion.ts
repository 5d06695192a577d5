/**
 * @file Classes that are expanded in place. What is drawn within one has keys: the ids of the nodes that lead to it from the class that the canvas
 * shows, as `n3/n5`; no id has a slash. One who selects there is inside: `open` leads to the class, and all that follows it follows, while the canvas
 * goes on showing the class around.
 */

const BETWEEN = '/';

/** The key of a node within what is expanded at `inside`. */
export function keyWithin(inside: string, node: string): string {
  return inside === '' ? node : inside + BETWEEN + node;
}

/** What a key lies within, and its node. */
export function splitKey(key: string): { readonly inside: string; readonly id: string } {
  const at = key.lastIndexOf(BETWEEN);
  return at === -1 ? { inside: '', id: key } : { inside: key.slice(0, at), id: key.slice(at + 1) };
}

/** How many classes lie around what is expanded there. */
export function depthOf(inside: string): number {
  return inside === '' ? 0 : inside.split(BETWEEN).length;
}

/** The first parts of a key. */
export function cutKey(inside: string, depth: number): string {
  return inside.split(BETWEEN).slice(0, Math.max(0, depth)).join(BETWEEN);
}

/** The way to the class that the canvas shows. */
export function baseOpen<Step>({ open, inside }: { readonly open: readonly Step[]; readonly inside: string }): readonly Step[] {
  return inside === '' ? open : open.slice(0, Math.max(0, open.length - depthOf(inside)));
}
