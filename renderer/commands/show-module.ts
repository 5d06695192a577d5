/** @file Selecting a Module of the tree: in the structure lens itself, in the data flow the node that calls it, in the graph in which it does. */
import type { Path } from '../../core/document/index.ts';
import { insideAt } from '../state/derived/frames.ts';
import { callsAt } from '../state/derived/twins.ts';
import { pathKey } from '../state/paths.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import type { CommandContext } from './command.ts';

/** `isModule`: false for a list, which is none itself. What no node stands for alone, or several do, is selected as a Module, which they show. */
export function showModule({ canvas, document, session }: CommandContext, path: Path, isModule: boolean): void {
  const model = document.getState().document;
  const calls = session.getState().lens === 'flow' ? callsAt(model, path) : undefined;
  if (calls) {
    const inside = insideAt(model, session.getState(), calls.open);
    const isOne = calls.nodes.length === 1 || !isModule;
    const selection = isOne ? { nodes: calls.nodes } : { modules: [pathKey(path)] };
    session.set({ open: calls.open, inside, selection: { ...NOTHING_SELECTED, ...selection } });
    canvas.revealNode(calls.nodes[0]!);
  } else if (isModule) {
    session.select({ modules: [pathKey(path)] });
    canvas.revealModule(path);
  }
}
