import { pathKey } from '../state/paths.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import type { Command, CommandContext } from './command.ts';
import { matchedCalls } from './shared/matched-calls.ts';

/** The matches as Modules of the tree, or as the calls of the open class; of the class of the first match, where none stands in the open one. */
export const selectMatchesCommand: Command = {
  id: 'select-matches',
  title: 'Select What the Filter Matches',
  group: 'edit',
  section: 3.3,
  submenu: 'Select',
  order: 31,
  keys: [],
  when: (context) => matchesOf(context).length > 0,
  run(context) {
    const { canvas, dialogs, document, session } = context;
    const paths = matchesOf(context);
    const { lens, open } = session.getState();
    if (lens === 'structure') {
      session.select({ modules: paths.map(pathKey) });
      canvas.revealModule(paths[0]!);
      return;
    }
    const places = matchedCalls(document.getState().document, paths);
    const here = pathKey(open.at(-1)?.instance ?? []);
    const place = places.find((each) => pathKey(each.open.at(-1)?.instance ?? []) === here) ?? places[0];
    if (!place) return dialogs.tell('None of these is called in a graph. Switch to the structure to see them.', 'info');
    session.set({ open: place.open, selection: { ...NOTHING_SELECTED, nodes: place.nodes } });
    canvas.revealNode(place.nodes[0]!);
    const others = places.length - 1;
    if (others > 0)
      dialogs.tell(
        `More matches stand in ${others} other ${others === 1 ? 'place' : 'places'}: enter them, or switch to the structure.`,
        'info',
      );
  },
};

function matchesOf({ runs, session }: Pick<CommandContext, 'runs' | 'session'>) {
  const { match } = runs.getState();
  const { filterText, filterActive } = session.getState();
  return filterActive && match?.text === filterText ? match.paths : [];
}
