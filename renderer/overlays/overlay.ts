/**
 * @file What an overlay is: one number for each value of a run, or for each node before any run, by which the canvas is coloured. A new one is one
 * new file `*.overlay.ts`.
 */
import type { Statistics } from '../../core/run/index.ts';

/** What left a port, or what a Module returned. */
export interface Seen {
  /** By which the same place of another run is found. */
  readonly valueKey?: string;
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
  readonly format?: (value: number) => string;
}

export interface CostOverlay extends Named {
  readonly of: 'cost';
  readonly read: (costs: Costs) => number;
  readonly format: (value: number) => string;
}

export interface ComparisonOverlay extends Named {
  readonly of: 'comparison';
  /** The number of a place of two runs, around 0 where they are alike; null where one has none. */
  readonly read: (now: Seen, before: Seen) => number | null;
  readonly format: (value: number) => string;
}

export type Overlay = RunOverlay | CostOverlay | ComparisonOverlay;

/** An overlay of what a run has measured, as data. */
export function defineOverlay(overlay: Omit<RunOverlay, 'of'>): RunOverlay {
  return { of: 'run', ...overlay };
}

/** An overlay of what is known before a run, as data. */
export function defineCostOverlay(overlay: Omit<CostOverlay, 'of'>): CostOverlay {
  return { of: 'cost', ...overlay };
}

/** An overlay of what differs between two runs, as data. */
export function defineComparisonOverlay(overlay: Omit<ComparisonOverlay, 'of'>): ComparisonOverlay {
  return { of: 'comparison', ...overlay };
}
