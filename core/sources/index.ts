/** @file Reading tables, as the editor and the command line see it. */
export { textOfBytes } from './files/bytes.ts';
export { writeZip } from './files/write-zip.ts';
export { readColumns } from './table/columns.ts';
export type { Column, Columns } from './table/columns.ts';
export { numberIn, THOUSANDS } from './table/cells.ts';
export { COMMENTS } from './table/comments.ts';
export { SEPARATORS } from './table/dialect.ts';
export type { Dialect, Separator } from './table/dialect.ts';
export { remarkOn } from './table/kinds.ts';
export { tableOptions } from './table/options.ts';
export type { TableOptions } from './table/options.ts';
