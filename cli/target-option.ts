/** @file The option that names a target. */
import { TARGETS, type TargetName } from '../core/emit/index.ts';
import { UsageError } from './io.ts';

export const TARGET_NAMES = Object.keys(TARGETS) as readonly TargetName[];

/** @throws UsageError for a name that is none. */
export function targetOf(value: string | boolean | undefined): TargetName {
  const name = value ?? 'flax';
  const found = TARGET_NAMES.find((each) => each === name);
  if (!found) throw new UsageError(`--target: expected one of ${TARGET_NAMES.join(', ')}, got "${String(name)}".`);
  return found;
}
