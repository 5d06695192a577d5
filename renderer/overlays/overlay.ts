/** @file What an overlay is: one number for each value of a run, by which the canvas is coloured. A new one is one new file `*.overlay.ts`. */
import type { Summary } from '../../core/run/index.ts';

/** What left a port, or what a Module returned. */
export interface Seen {
  readonly value: Summary;
  readonly gradient: Summary | null;
}

export interface Overlay {
  /** Kept in the preferences. */
  readonly id: string;
  /** In the menu, which is sorted by it. */
  readonly label: string;
  /** What spans decades is shown on a logarithmic scale. */
  readonly isLog: boolean;
  /** The number of a value, NaN or infinite where the value is not finite; null where the run has no such number. */
  readonly read: (seen: Seen) => number | null;
}

/** An overlay as data, with its type held. */
export function defineOverlay(overlay: Overlay): Overlay {
  return overlay;
}
