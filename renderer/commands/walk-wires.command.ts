/** @file The wires of a node by the keyboard: each is selected in turn, and from one the arrows lead to its ends. */
import type { ModelClass, NodeId, Wire } from '../../core/document/index.ts';
import { graphOf } from '../../core/graph/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { focusedItem } from '../state/derived/focused-item.ts';
import type { Command, CommandContext } from './command.ts';

/** What leaves a node, then what comes into it. */
function wiresOf(modelClass: ModelClass, node: NodeId): readonly Wire[] {
  const graph = graphOf(modelClass);
  return [...graph.outgoing(node), ...graph.incoming(node)];
}

function wiresHere({ document, session }: Pick<CommandContext, 'document' | 'session'>): readonly Wire[] {
  const state = session.getState();
  const { document: model } = document.getState();
  const modelClass = findOpenClass(model, state.open);
  const focused = focusedItem(model, state);
  return state.lens === 'flow' && modelClass && focused?.kind === 'node' ? wiresOf(modelClass, focused.id) : [];
}

function nextWire(id: string, title: string, order: number, keys: string, step: 1 | -1): Command {
  return {
    id,
    title,
    group: 'view',
    section: 4,
    order,
    keys: [keys],
    keysOn: 'canvas',
    inMenus: false,
    when: (context) => wiresHere(context).length > 0,
    needs: 'Walk to a node that has wires first.',
    run(context) {
      const { session, document, canvas } = context;
      const state = session.getState();
      const wires = wiresHere(context);
      const at = wires.findIndex((wire) => state.selection.wires.includes(wire.id));
      const next = wires[at === -1 ? (step === 1 ? 0 : wires.length - 1) : (at + step + wires.length) % wires.length];
      if (!next) return;
      // The node stays where one is: its other wires come next.
      session.set({ focused: focusedItem(document.getState().document, state) ?? null });
      session.select({ wires: [next.id] });
      canvas.focusWire(next.id);
    },
  };
}

export const walkWiresCommands: readonly Command[] = [
  nextWire('next-wire', 'Go to the Next Wire of the Node', 150, 'W', 1),
  nextWire('previous-wire', 'Go to the Wire Before of the Node', 160, 'Shift+W', -1),
];
