import { insideAt } from '../state/derived/frames.ts';
import { callsAt, pathsOfNodes } from '../state/derived/twins.ts';
import { parsePathKey, pathKey } from '../state/paths.ts';
import { modulesByPath } from '../state/runs/lookup.ts';
import { NOTHING_SELECTED, type SessionState } from '../state/session/store.ts';
import type { Command, CommandContext } from './command.ts';

/** What is selected goes along: nodes as the Modules that they call, Modules as the nodes that call them. */
export function showLens(
  { document, runs, session }: Pick<CommandContext, 'document' | 'runs' | 'session'>,
  lens: SessionState['lens'],
): void {
  const { lens: before, open, selection } = session.getState();
  if (lens === before) return;
  const model = document.getState().document;
  if (lens === 'structure') {
    const byPath = modulesByPath(runs.getState().modules);
    const paths = pathsOfNodes(model, open, selection.nodes);
    // A list of Modules is none itself: its items are.
    const modules = paths.flatMap((path) => byPath.get(pathKey(path)) ?? byPath.get(pathKey([...path, 0])) ?? []);
    session.set({
      lens,
      selection: { ...NOTHING_SELECTED, modules: [...new Set(modules.map((each) => pathKey(each.path)))] },
      hover: null,
    });
    return;
  }
  const calls = selection.modules.flatMap((key) => callsAt(model, parsePathKey(key)) ?? []);
  const [first] = calls;
  const here = JSON.stringify(first?.open);
  const nodes = calls.filter((each) => JSON.stringify(each.open) === here).flatMap((each) => each.nodes);
  const way = first ? { open: first.open, inside: insideAt(model, { ...session.getState(), lens }, first.open) } : {};
  session.set({ lens, ...way, selection: { ...NOTHING_SELECTED, nodes }, hover: null });
}

export const toggleLensCommand: Command = {
  id: 'toggle-lens',
  title: 'Switch Lens',
  titleNow: ({ session }) => (session.getState().lens === 'flow' ? 'Switch to Structure' : 'Switch to Data Flow'),
  group: 'view',
  section: 0,
  order: 10,
  keys: ['Mod+L'],
  run(context) {
    showLens(context, context.session.getState().lens === 'flow' ? 'structure' : 'flow');
  },
};
