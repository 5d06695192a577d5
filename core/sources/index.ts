/** @file Reading tables, as the editor and the command line see it. */
export { readColumns } from './table/columns.ts';
export type { Column, Columns } from './table/columns.ts';
export { SEPARATORS } from './table/dialect.ts';
export type { Dialect, Separator } from './table/dialect.ts';
export { tableOptions } from './table/options.ts';
export type { TableOptions } from './table/options.ts';
