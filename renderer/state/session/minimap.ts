/** @file Whether the small map of the canvas is shown: as one has said, and until then where a graph is large enough to be lost in. */
export type MinimapChoice = 'auto' | 'shown' | 'hidden';

/** With more nodes than these a map helps. */
const ENOUGH = 12;

export function isMinimapShown({ minimap }: { readonly minimap: MinimapChoice }, size: number): boolean {
  return minimap === 'shown' || (minimap === 'auto' && size > ENOUGH);
}
