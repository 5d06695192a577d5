/** @file What a migration is. */

/** Turns a document of one version into one of the next. Works on plain JSON, which was a valid document of its version. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
