import { fitToWidth, forgetOpened } from '../state/session/workspaces.ts';
import type { SessionStore } from '../state/session/store.ts';

/** What of a window is asked here. */
export type Sized = Pick<Window, 'innerWidth' | 'addEventListener' | 'removeEventListener'>;

/** Closes panels where the window becomes small, and opens them again with the room, unless the user has. Gives back what ends it. */
export function keepRoom(session: SessionStore, window: Sized): () => void {
  let width = window.innerWidth;
  // What the last start closed in a smaller window.
  session.set(fitToWidth(session.getState(), 0, width));
  const onResize = (): void => {
    const was = width;
    width = window.innerWidth;
    session.set(fitToWidth(session.getState(), was, width));
  };
  window.addEventListener('resize', onResize);
  const stop = session.subscribe((state) => {
    const change = forgetOpened(state);
    if (change.closedBySize) session.set(change);
  });
  return () => {
    stop();
    window.removeEventListener('resize', onResize);
  };
}
