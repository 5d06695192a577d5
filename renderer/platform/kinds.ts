/** @file The kinds of files that the editor opens and saves. */
import type { FileKind } from './platform.ts';

export const MODEL_FILE: FileKind = { title: 'Espalier model', extension: 'espalier', mediaType: 'application/json' };
export const PYTHON_FILE: FileKind = { title: 'Python source', extension: 'py', mediaType: 'text/x-python' };
export const CSV_FILE: FileKind = { title: 'Comma-separated values', extension: 'csv', mediaType: 'text/csv' };
