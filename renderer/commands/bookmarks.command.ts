/** @file Nine places on the canvas under the digits: kept in the document, so undoable, and come back to by one key. */
import { bookmarksOf, findClass, pathOf, resolvePath, setBookmark, type Bookmark } from '../../core/document/index.ts';
import { findClassAt } from '../state/derived/find-instance.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import { baseOpen } from '../state/session/expansion.ts';
import { NOTHING_SELECTED, viewportKey } from '../state/session/store.ts';
import type { Command, CommandContext } from './command.ts';

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

function find({ document }: CommandContext, key: number): Bookmark | undefined {
  return bookmarksOf(document.getState().document).find((each) => each.key === key);
}

/** `Go to Bookmark 1: Block`. */
function nameOf(context: CommandContext, key: number): string {
  const bookmark = find(context, key);
  return bookmark ? `: ${findClass(context.document.getState().document, bookmark.class)?.name ?? bookmark.class}` : '';
}

function keep(key: number): Command {
  return {
    id: `keep-bookmark-${key}`,
    title: `Keep This View as Bookmark ${key}`,
    group: 'view',
    section: 0.6,
    submenu: 'Bookmarks',
    order: 100 + key,
    keys: [`Mod+${key}`],
    when: ({ session }) => session.getState().lens === 'flow',
    needs: 'Switch to the data flow first.',
    run(context) {
      const { session, document, dialogs } = context;
      const state = session.getState();
      const openClass = findOpenClass(document.getState().document, state.open);
      if (!openClass) return;
      const viewport = state.viewports[viewportKey(state)] ?? { x: 0, y: 0, zoom: 1 };
      const isKept = editOrTell(context, `Keep bookmark ${key}`, (model) => {
        const instance = resolvePath(model, baseOpen(state).at(-1)?.instance ?? []) ?? [];
        return setBookmark(model, { key, class: openClass.id, instance, ...viewport });
      });
      if (isKept) dialogs.tell(`Bookmark ${key} shows this view of ${openClass.name}. Press ${key} to come back.`);
    },
  };
}

function recall(key: number): Command {
  return {
    id: `go-to-bookmark-${key}`,
    title: `Go to Bookmark ${key}`,
    titleNow: (context) => `Go to Bookmark ${key}${nameOf(context, key)}`,
    group: 'view',
    section: 0.5,
    submenu: 'Bookmarks',
    order: key,
    keys: [String(key)],
    when: (context) => find(context, key) !== undefined,
    needs: `No view is kept there yet. Keep This View as Bookmark ${key} does so.`,
    run(context) {
      const bookmark = find(context, key);
      if (!bookmark) return;
      const { session, document, canvas } = context;
      const model = document.getState().document;
      const at = findClassAt(model, pathOf(model, bookmark.instance) ?? []);
      const open = at?.class === bookmark.class ? at.open : [{ class: bookmark.class, instance: [] }];
      const viewport = { x: bookmark.x, y: bookmark.y, zoom: bookmark.zoom };
      session.setViewport(viewportKey({ lens: 'flow', open, inside: '' }), viewport);
      session.set({ lens: 'flow', open, selection: NOTHING_SELECTED });
      canvas.look(viewport);
    },
  };
}

export const bookmarkCommands: readonly Command[] = [...DIGITS.map(recall), ...DIGITS.map(keep)];
