/** @file The search that F3 goes on with, and where it is among what it found. */
import type { Selection } from './store.ts';

export interface LastFind {
  readonly text: string;
  /** Which of what was found one is at: its key, its number from 0, and how many there are. */
  readonly key: string;
  readonly at: number;
  readonly count: number;
  /** What was selected by it: while it is, one is there. */
  readonly selection: Selection | null;
}
