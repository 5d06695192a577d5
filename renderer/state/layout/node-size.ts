/** @file Sizes of nodes and places of their ports, known before they are drawn: the layout reckons with them, and React Flow measures nothing. */
import type { Point } from '../../../core/document/index.ts';
import type { Direction } from './graph.ts';

export const NODE_WIDTH = 184;
/** Title and type. */
export const NODE_HEADER_HEIGHT = 48;
/** One row per port once a side has more than one, and one for badges. */
export const NODE_ROW_HEIGHT = 20;
/** What a pointer can hit; drawn smaller. */
export const HANDLE_SIZE = 24;

/** New nodes land on this grid. */
export const GRID = 4;

/** Height of a graph node: its header, a row per port where a side has several (downwards, ports lie on the edges), and its row of badges. */
export function nodeHeight(
  node: { readonly inputs: readonly unknown[]; readonly outputs: readonly unknown[]; readonly hasBadges: boolean },
  direction: Direction,
): number {
  const ports = direction === 'down' ? 1 : Math.max(node.inputs.length, node.outputs.length);
  return NODE_HEADER_HEIGHT + (ports > 1 ? ports * NODE_ROW_HEIGHT : 0) + (node.hasBadges ? NODE_ROW_HEIGHT + 4 : 0);
}

/** Where a port's middle lies, from one corner of its side to the other: below the node's top edge, or right of its left one. */
export function portOffset(count: number, index: number, direction: Direction, width = NODE_WIDTH): number {
  if (direction === 'down') return (width * (index + 0.5)) / count;
  return count > 1 ? NODE_HEADER_HEIGHT + (index + 0.5) * NODE_ROW_HEIGHT : NODE_HEADER_HEIGHT / 2;
}

/** Where a port's middle lies, from the top left corner of its node. */
export function portPoint(
  side: 'in' | 'out',
  count: number,
  index: number,
  height: number,
  direction: Direction,
  width = NODE_WIDTH,
): Point {
  const offset = portOffset(count, index, direction, width);
  if (direction === 'down') return { x: offset, y: side === 'in' ? 0 : height };
  return { x: side === 'in' ? 0 : width, y: offset };
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
