/** @file Paths of Modules as keys and as text. */
import type { Path } from '../../core/document/index.ts';

/** A path as one string, for keys of maps and for the selection: `["blocks",0]`. */
export function pathKey(path: Path): string {
  return JSON.stringify(path);
}

export function parsePathKey(key: string): Path {
  return JSON.parse(key) as Path;
}

/** A path as the user reads it: `blocks[0].linear`; the root is `(root)`. */
export function formatPath(path: Path): string {
  if (path.length === 0) return '(root)';
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}
