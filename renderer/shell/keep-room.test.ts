import { expect, it } from 'vitest';
import { createSessionStore } from '../state/session/store.ts';
import { firstLayout } from '../state/session/workspaces.ts';
import { keepRoom, type Sized } from './keep-room.ts';

class Sizing extends EventTarget {
  innerWidth = 1440;
  become(width: number): void {
    this.innerWidth = width;
    this.dispatchEvent(new Event('resize'));
  }
}

function begin(innerWidth = 1440) {
  const window = Object.assign(new Sizing(), { innerWidth });
  const session = createSessionStore({ workspace: 'design', ...firstLayout('design', 1440) });
  return { window, session, start: () => keepRoom(session, window as Sized) };
}

it('closes the lists of a window that becomes small and opens them again when it is large, unless the user has', () => {
  const { window, session, start } = begin();
  start();
  window.become(1000);
  expect(session.getState()).toMatchObject({ leftOpen: true, bottomOpen: false });
  window.become(1440);
  expect(session.getState().bottomOpen).toBe(true);
  window.become(1000);
  session.set({ bottomOpen: true });
  window.become(900);
  expect(session.getState().bottomOpen).toBe(true);
  session.set({ bottomOpen: false });
  window.become(1440);
  expect(session.getState().bottomOpen).toBe(false);
});

it('opens at a start what the window of the last one closed, and ends when it is told to', () => {
  const { window, session, start } = begin();
  session.set({ bottomOpen: false, closedBySize: ['bottom'] });
  const stop = start();
  expect(session.getState()).toMatchObject({ bottomOpen: true, closedBySize: [] });
  stop();
  window.become(700);
  expect(session.getState()).toMatchObject({ leftOpen: true, bottomOpen: true });
});
