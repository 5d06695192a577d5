/** @file Sizes of what the canvas draws, in pixels at zoom 1. Known before rendering, so that React Flow measures nothing. */

export const NODE_WIDTH = 184;
/** Title and type. */
export const NODE_HEADER_HEIGHT = 48;
/** One row per port once a side has more than one, and one for badges. */
export const NODE_ROW_HEIGHT = 20;
/** What a pointer can hit; drawn smaller. */
export const HANDLE_SIZE = 24;

export const BOX_WIDTH = 216;
export const BOX_HEADER_HEIGHT = 56;
export const BOX_ROW_HEIGHT = 20;
export const BOX_COLUMN_WIDTH = 296;
export const BOX_GAP = 16;

/** New nodes land on this grid. */
export const GRID = 4;

/** Height of a graph node: its header, a row per port where a side has several, and its row of badges. */
export function nodeHeight(node: {
  readonly inputs: readonly unknown[];
  readonly outputs: readonly unknown[];
  readonly hasBadges: boolean;
}): number {
  const ports = Math.max(node.inputs.length, node.outputs.length);
  return NODE_HEADER_HEIGHT + (ports > 1 ? ports * NODE_ROW_HEIGHT : 0) + (node.hasBadges ? NODE_ROW_HEIGHT + 4 : 0);
}

/** Where a port's middle lies, below the node's top edge. */
export function portY(count: number, index: number): number {
  return count > 1 ? NODE_HEADER_HEIGHT + (index + 0.5) * NODE_ROW_HEIGHT : NODE_HEADER_HEIGHT / 2;
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
