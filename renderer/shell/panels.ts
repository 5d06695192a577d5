/** @file All panels of the bottom: one for each folder of `renderer/panels` that has a `panel.tsx`. */
import type { Panel } from '../panels/panel.ts';

const files = import.meta.glob<Readonly<Record<string, Panel>>>('../panels/*/panel.tsx', { eager: true });

/** As their tabs stand. */
export const PANELS: readonly Panel[] = Object.values(files)
  .flatMap((file) => Object.values(file))
  .sort((a, b) => a.order - b.order);
