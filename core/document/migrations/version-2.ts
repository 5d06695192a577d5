/** @file Version 2 to 3: a node may call another method of its member, or read a Variable of it. What was said before means what it meant. */
import type { Migration } from './migration.ts';

export const fromVersion2: Migration = (document) => document;
