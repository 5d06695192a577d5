/** @file What can be done to the value on a wire for one run: how it is written down, and how it is told. */
import type { NodeId, Path } from '../document/schema.ts';
import type { RequestId } from './ids.ts';

/** Noise is drawn by its own seed: the same in every run. */
export type Change =
  | { readonly kind: 'zero' }
  | { readonly kind: 'scale'; readonly by: number }
  | { readonly kind: 'clamp'; readonly min: number; readonly max: number }
  | { readonly kind: 'noise'; readonly std: number; readonly seed: number }
  | { readonly kind: 'replace'; readonly run: RequestId };

/** A change of what leaves a port, at every call of the instance. */
export type Intervention = { readonly instance: Path; readonly node: NodeId; readonly port: string } & Change;

/** `scaled by 2`, `clamped to 0 … 6`. A run is told by `nameOf`. */
export function changeText(change: Change, nameOf: (run: RequestId) => string): string {
  switch (change.kind) {
    case 'zero':
      return 'set to zero';
    case 'scale':
      return `scaled by ${change.by}`;
    case 'clamp':
      return `clamped to ${change.min} … ${change.max}`;
    case 'noise':
      return `with noise of std ${change.std}`;
    case 'replace':
      return `replaced by that of ${nameOf(change.run)}`;
  }
}
