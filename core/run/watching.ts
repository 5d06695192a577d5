/** @file Conditions on what a training does, as the window asks for them and as they are told when they become true. */
import type { Path, PathFilter } from '../document/schema.ts';
import { fail } from '../spec/run-error.ts';
import { WATCHES } from './watches.gen.ts';
import type { WatchDescriptor, WatchedPart } from './watches/define.ts';

export interface WatchSpec {
  readonly id: string;
  /** A type of `core/run/watches`. */
  readonly type: string;
  readonly part: WatchedPart;
  readonly limit: number;
  /** Modules by filter: what they and those in them give, and their parameters. Of the loss it is not looked at. */
  readonly only: PathFilter;
}

/** A condition that became true in a step, which was not taken. */
export interface WatchHit {
  readonly id: string;
  /** The step of this number, from 1, would have been the next. */
  readonly step: number;
  /** Of the Module or the Variable; null for the loss. */
  readonly path: Path | null;
  /** `norm of the gradient …`. */
  readonly message: string;
}

export function findWatch(type: string): WatchDescriptor | undefined {
  return WATCHES.find((each) => each.type === type);
}

/** @throws RunError for a condition that is not known, or does not go with what is watched. */
export function openWatch(spec: WatchSpec): WatchDescriptor {
  const found = findWatch(spec.type);
  if (!found?.parts.includes(spec.part) || !Number.isFinite(spec.limit))
    return fail(
      'watch/unknown',
      `Expected a condition among ${WATCHES.map(({ type }) => type).join(', ')} with a limit, got "${spec.type.slice(0, 80)}" of ${spec.part}.`,
      'Choose another condition.',
    );
  return found;
}
