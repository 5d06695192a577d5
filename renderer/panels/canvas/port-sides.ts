import { Position } from 'reactflow';

/** Where wires end at a node: on its left and right, or above and below it. */
export const PORT_SIDES = {
  right: { in: Position.Left, out: Position.Right },
  down: { in: Position.Top, out: Position.Bottom },
} as const;
