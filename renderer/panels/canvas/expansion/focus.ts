import { baseOpen } from '../../../state/session/expansion.ts';
import { NOTHING_SELECTED, type Selection, type SessionStore } from '../../../state/session/store.ts';
import type { Site } from './site.ts';

/** From now on the selection, and all that follows it, is that of one of the graphs on the canvas; what was selected there stays. */
export function focusOn(session: SessionStore, site: Pick<Site, 'key' | 'open'>, selection?: Partial<Selection>): void {
  const { inside } = session.getState();
  if (inside === site.key) {
    if (selection) session.select(selection);
  } else session.set({ open: site.open, inside: site.key, selection: { ...NOTHING_SELECTED, ...selection } });
}

/** Back to the class that the canvas shows, with nothing selected. */
export function focusOnBase(session: SessionStore): void {
  const state = session.getState();
  if (state.inside !== '') session.set({ open: baseOpen(state), inside: '', selection: NOTHING_SELECTED });
}
