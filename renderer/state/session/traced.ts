/** @file What is highlighted: all that some nodes follow from, or all that follows from them, with nothing selected for it. */
import type { ClassId, NodeId } from '../../../core/document/index.ts';

export interface Traced {
  readonly way: 'up' | 'down';
  readonly from: readonly NodeId[];
  readonly class: ClassId;
  /** The view that shows it, and the graph within: its key where it is expanded in place. */
  readonly view: string;
  readonly inside: string;
}
