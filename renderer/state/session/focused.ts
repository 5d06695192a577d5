/** @file Which node or note the keyboard is on, as the session keeps it; `focusedItem` tells what has it, or would. */
import type { ClassId, NodeId } from '../../../core/document/index.ts';
import type { Item } from '../walking/reading-order.ts';

export interface Focused extends Item {
  readonly class: ClassId;
  /** What it is drawn within; see `expansion.ts`. */
  readonly inside: string;
  /** The node that one came from along a wire. */
  readonly cameFrom?: NodeId | undefined;
}
