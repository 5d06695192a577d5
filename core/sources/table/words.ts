/** @file Which columns hold words. */
import type { Column } from './columns.ts';
import type { TableOptions } from './options.ts';

/** Whether the cells of a column are taken as words: those that are no numbers, and those that the document says. */
export function isWords({ name, kind }: Column, words: TableOptions['words']): boolean {
  return kind === 'words' || Object.hasOwn(words, name);
}
