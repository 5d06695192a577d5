/** @file The kinds of files that the editor opens and saves. */
import type { FileKind } from './platform.ts';

export const MODEL_FILE: FileKind = { title: 'Espalier model', extension: 'espalier', mediaType: 'application/json' };
/** A page that shows a model and holds it. */
export const PAGE_FILE: FileKind = { title: 'Web page', extension: 'html', mediaType: 'text/html' };
export const PYTHON_FILE: FileKind = { title: 'Python source', extension: 'py', mediaType: 'text/x-python' };
export const TYPESCRIPT_FILE: FileKind = { title: 'TypeScript source', extension: 'ts', mediaType: 'text/plain' };
export const SVG_FILE: FileKind = { title: 'Vector picture', extension: 'svg', mediaType: 'image/svg+xml' };
export const PNG_FILE: FileKind = { title: 'Picture', extension: 'png', mediaType: 'image/png' };
const CSV_FILE: FileKind = { title: 'Comma-separated values', extension: 'csv', mediaType: 'text/csv' };
/** Where tables come from: the separator is recognised, whatever the file is called. */
export const TABLE_FILES: readonly FileKind[] = [
  CSV_FILE,
  { title: 'Tab-separated values', extension: 'tsv', mediaType: 'text/tab-separated-values' },
  { title: 'Text', extension: 'txt', mediaType: 'text/plain' },
];
