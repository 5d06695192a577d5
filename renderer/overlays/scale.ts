/** @file The scale of an overlay, which all places of the model share, and how many of them are not on it. */
import type { RunOverlay, Seen } from './overlay.ts';

export interface Scale {
  /** Of the finite numbers; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly isLog: boolean;
  /** As far below zero as above it: for what may be more or less. */
  readonly isSigned?: true;
  /** Places that are NaN or infinite: they have colours of their own. */
  readonly nans: number;
  readonly infinities: number;
}

/** The span over all places of a run; null where nothing was measured. */
export function scaleOf(seen: Iterable<Seen>, { read, isLog }: RunOverlay): Scale | null {
  return scaleOfNumbers(numbersOf(seen, read), isLog);
}

function* numbersOf(seen: Iterable<Seen>, read: RunOverlay['read']): Iterable<number | null> {
  for (const each of seen) yield read(each);
}

/** The span of numbers; null where there is none. */
export function scaleOfNumbers(values: Iterable<number | null>, isLog: boolean): Scale | null {
  let [low, high, nans, infinities, measured] = [Infinity, -Infinity, 0, 0, 0];
  for (const value of values) {
    if (value === null) continue;
    measured++;
    if (Number.isNaN(value)) nans++;
    else if (!Number.isFinite(value)) infinities++;
    else if (!isLog || value > 0) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (measured === 0) return null;
  return { ...(low > high ? { low: null, high: null } : { low, high }), isLog, nans, infinities };
}

/** The same scale with zero in its middle. */
export function aroundZero(scale: Scale): Scale {
  const size = Math.max(Math.abs(scale.low ?? 0), Math.abs(scale.high ?? 0));
  return { ...scale, low: -size, high: size, isSigned: true };
}

/** Where a finite value lies on the scale, from 0 to 1. A scale without span puts everything in the middle. */
export function positionOn({ low, high, isLog }: Scale, value: number): number {
  if (isLog && value <= 0) return 0;
  if (low === null || high === null || low === high) return 0.5;
  const at = isLog ? Math.log : (x: number) => x;
  return Math.min(1, Math.max(0, (at(value) - at(low)) / (at(high) - at(low))));
}

/** The number of a place that was seen several times: what is not finite before what is, then the farthest from zero where `isSigned`, else the largest; null where none was measured. */
export function worstOf(seen: readonly Seen[], { read }: RunOverlay, isSigned = false): number | null {
  const values = seen.map(read).filter((value) => value !== null);
  if (values.length === 0) return null;
  const nan = values.find((value) => Number.isNaN(value));
  if (nan !== undefined || !isSigned) return nan ?? Math.max(...values);
  return values.reduce((worst, value) => (Math.abs(value) > Math.abs(worst) ? value : worst));
}
