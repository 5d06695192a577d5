import { findOpenClass } from '../state/derived/open-class.ts';
import { pathKey } from '../state/paths.ts';
import type { Command } from './command.ts';

/** Every node of the open class, or every Module of the tree, by the lens. */
export const selectAllCommand: Command = {
  id: 'select-all',
  title: 'Select All',
  group: 'edit',
  section: 3.1,
  submenu: 'Select',
  order: 10,
  keys: ['Mod+A'],
  run({ document, runs, session }) {
    const { lens, open } = session.getState();
    if (lens === 'structure') {
      session.select({ modules: runs.getState().modules.map((module) => pathKey(module.path)) });
    } else {
      session.select({ nodes: Object.keys(findOpenClass(document.getState().document, open)?.nodes ?? {}) });
    }
  },
};
