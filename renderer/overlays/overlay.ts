/**
 * @file What an overlay is: one number for each value of a run, or for each node before any run, by which the canvas is coloured. A new one is one
 * new file `*.overlay.ts`.
 */
import type { Statistics } from '../../core/run/index.ts';

/** What left a port, or what a Module returned. */
export interface Seen {
  readonly value: Statistics;
  readonly gradient: Statistics | null;
}

/** What a node or a Module will cost, before it is built. */
export interface Costs {
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Elements that are kept for the backward pass. */
  readonly activations: number;
}

interface Named {
  /** Kept in the preferences. */
  readonly id: string;
  /** In the menu, which is sorted by it. */
  readonly label: string;
  /** What spans decades is shown on a logarithmic scale. */
  readonly isLog: boolean;
}

export interface RunOverlay extends Named {
  readonly of: 'run';
  /** The number of a value, NaN or infinite where the value is not finite; null where the run has no such number. */
  readonly read: (seen: Seen) => number | null;
}

export interface CostOverlay extends Named {
  readonly of: 'cost';
  readonly read: (costs: Costs) => number;
  readonly format: (value: number) => string;
}

export type Overlay = RunOverlay | CostOverlay;

/** An overlay of what a run has measured, as data. */
export function defineOverlay(overlay: Omit<RunOverlay, 'of'>): RunOverlay {
  return { of: 'run', ...overlay };
}

/** An overlay of what is known before a run, as data. */
export function defineCostOverlay(overlay: Omit<CostOverlay, 'of'>): CostOverlay {
  return { of: 'cost', ...overlay };
}
