/** @file All panels of the bottom: one for each folder of `renderer/panels` that has a `panel.tsx`. */
import type { Panel } from '../panels/panel.ts';

const files = import.meta.glob<Readonly<Record<string, Panel>>>('../panels/*/panel.tsx', { eager: true });

/** As their tabs stand. */
export const PANELS: readonly Panel[] = Object.values(files)
  .flatMap((file) => Object.values(file))
  .sort((a, b) => a.order - b.order);

/** The panel of a tab; the first one where it is not known to this version. */
export function findPanel(id: string): Panel {
  const panel = PANELS.find((each) => each.id === id) ?? PANELS[0];
  if (!panel) throw new Error('There is no panel. Restore renderer/panels.');
  return panel;
}
