/** @file From older formats to the present one. Version 1 is the first, so the table is empty: the next format adds its row. */

/** Turns a document of one version into one of the next. Works on plain JSON, which was a valid document of its version. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** By the version that a migration starts from. */
export const MIGRATIONS: Readonly<Record<number, Migration>> = {};

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
