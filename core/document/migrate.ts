/** @file From older formats to the present one: one file for each version that was. */
import type { Migration } from './migrations/migration.ts';
import { fromVersion1 } from './migrations/version-1.ts';
import { fromVersion2 } from './migrations/version-2.ts';
import { fromVersion3 } from './migrations/version-3.ts';

/** By the version that a migration starts from. */
export const MIGRATIONS: Readonly<Record<number, Migration>> = { 1: fromVersion1, 2: fromVersion2, 3: fromVersion3 };

/** Applies migrations until `target` is reached, and writes the version that each step leads to. */
export function migrate(
  document: Readonly<Record<string, unknown>>,
  from: number,
  target: number,
  table: Readonly<Record<number, Migration>> = MIGRATIONS,
): Readonly<Record<string, unknown>> {
  let migrated = document;
  for (let version = from; version < target; version++) {
    const step = table[version];
    if (!step) throw new Error(`internal: no migration from version ${version} to ${version + 1}`);
    migrated = { ...step(migrated), version: version + 1 };
  }
  return migrated;
}
