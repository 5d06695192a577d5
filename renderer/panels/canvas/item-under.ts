/** @file What lies under a pointer, read from the elements that React Flow makes. */

export interface CanvasItem {
  readonly kind: 'node' | 'wire';
  readonly id: string;
}

/** The node or wire that an element belongs to; undefined on the empty canvas. */
export function itemUnder(target: Element): CanvasItem | undefined {
  const found = target.closest('.react-flow__node, .react-flow__edge, .wire-label');
  const id = found?.getAttribute('data-id') ?? undefined;
  return found && id !== undefined ? { kind: found.matches('.react-flow__node') ? 'node' : 'wire', id } : undefined;
}
