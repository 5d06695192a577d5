/** @file What a difference of two documents is. */
import type { Place } from '../document/problem.ts';

export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly of:
    'document' | 'root' | 'class' | 'field' | 'member' | 'node' | 'wire' | 'probe' | 'setting' | 'view' | 'run' | 'place' | 'note';
  /** Ids of the second document; of what was removed, those of the first. */
  readonly place: Place;
  /** The whole sentence. */
  readonly message: string;
}

export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
