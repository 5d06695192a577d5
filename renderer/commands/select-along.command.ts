/** @file Following values through the graph: all that feeds the selected nodes, or all that they feed, is selected with them. */
import { nodesAlong } from '../../core/graph/index.ts';
import type { Command } from './command.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

function selectAlong(way: 'up' | 'down', title: string, order: number, keys: readonly string[]): Command {
  return {
    id: `select-${way}stream`,
    title,
    group: 'edit',
    section: 3.1,
    submenu: 'Select',
    order,
    keys,
    when: (context) => selectedNodes(context) !== undefined,
    needs: 'Select a node first.',
    run(context) {
      const selected = selectedNodes(context);
      if (!selected) return;
      const { openClass, nodes } = selected;
      // What was selected first stays first: wires and menus go by that order.
      const all = new Set([...nodes, ...nodes.flatMap((node) => [...nodesAlong(openClass, node, way)])]);
      context.session.select({ nodes: [...all] });
    },
  };
}

export const selectUpstreamCommand = selectAlong('up', 'Select All That Feeds It', 40, ['Alt+U']);
export const selectDownstreamCommand = selectAlong('down', 'Select All That It Feeds', 50, ['Alt+Shift+U']);
