/** @file Version 3 to 4: a node may be bypassed. What was said before means what it meant. */
import type { Migration } from './migration.ts';

export const fromVersion3: Migration = (document) => document;
