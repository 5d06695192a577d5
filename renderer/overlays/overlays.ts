/** @file All overlays: one for each file of this folder that is named `*.overlay.ts`. */
import type { Overlay } from './overlay.ts';

const files = import.meta.glob<Readonly<Record<string, Overlay>>>('./*.overlay.ts', { eager: true });

/** By label. */
export const OVERLAYS: readonly Overlay[] = Object.values(files)
  .flatMap((file) => Object.values(file))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'));

/** Undefined for `none`, and for one that this version does not know. */
export function findOverlay(id: string): Overlay | undefined {
  return OVERLAYS.find((overlay) => overlay.id === id);
}
