/** @file What a tab of the bottom panel is. A new one is one new file `renderer/panels/<name>/panel.tsx`: its tab and its command follow. */
import type { ComponentType } from 'react';

export interface Panel {
  /** Kept in the preferences; its command is `show-<id>`. */
  readonly id: string;
  readonly title: string;
  /** Tabs stand in the order of these numbers. */
  readonly order: number;
  readonly Content: ComponentType;
  /** Behind the title: a count, a sign. */
  readonly Mark?: ComponentType;
}

/** A panel as data, with its type held. */
export function definePanel(panel: Panel): Panel {
  return panel;
}
