import { expect, it } from 'vitest';
import { readPreferences, writePreferences } from './fields.ts';
import { createSessionStore } from './store.ts';
import { firstLayout, movePanel, resetLayout, showPanel, toWorkspace, WORKSPACES } from './workspaces.ts';

const sized = { centre: { canvas: 60, bottom: 40 } };

it('keeps of each workspace what was changed there, over a restart too', () => {
  const session = createSessionStore(firstLayout('design', 1440));
  session.set({ panelSizes: sized, rightOpen: false });
  session.set(toWorkspace(session.getState(), 'code', 1440));
  expect(session.getState()).toMatchObject({ workspace: 'code', sideTab: 'code', sideOpen: true, panelSizes: {} });
  const again = createSessionStore(readPreferences(writePreferences(session.getState()), ['results', 'problems', 'code']));
  again.set(toWorkspace(again.getState(), 'design', 1440));
  expect(again.getState()).toMatchObject({ workspace: 'design', panelSizes: sized, rightOpen: false, sidePanels: [] });
});

it('stands as at first after a reset', () => {
  const session = createSessionStore({ workspace: 'debug', ...firstLayout('debug', 1440) });
  session.set({ ...movePanel(session.getState(), 'results'), panelSizes: sized });
  session.set(resetLayout(session.getState(), 1440));
  expect(session.getState()).toMatchObject(firstLayout('debug', 1440));
});

it('brings a panel to the front where it stands, and moves it between below and beside', () => {
  const session = createSessionStore({ bottomOpen: false, bottomTab: 'results' });
  session.set(showPanel(session.getState(), 'code'));
  expect(session.getState()).toMatchObject({ bottomTab: 'code', bottomOpen: true, sideOpen: false });
  session.set(movePanel(session.getState(), 'code'));
  session.set(movePanel(session.getState(), 'log'));
  expect(session.getState()).toMatchObject({ sidePanels: ['code', 'log'], sideTab: 'log', sideOpen: true });
  session.set(movePanel(session.getState(), 'log'));
  expect(session.getState()).toMatchObject({ sidePanels: ['code'], sideTab: 'code', bottomTab: 'log' });
});

it('leaves a damaged layout out and keeps the others', () => {
  const good = firstLayout('train', 1440);
  const saved = JSON.stringify({ workspace: 'cooking', layouts: { train: good, code: { leftOpen: 1 }, cooking: good } });
  expect(readPreferences(saved, [])).toEqual({ layouts: { train: good } });
});

it('gives a narrow window to the canvas in every workspace', () => {
  for (const { id } of WORKSPACES) {
    const { leftOpen, rightOpen, sideOpen } = firstLayout(id, 720);
    expect([id, [leftOpen, rightOpen, sideOpen].filter(Boolean).length <= 1]).toEqual([id, true]);
  }
});

it('leaves the lists below the canvas closed at first where the window is small', () => {
  expect(firstLayout('design', 1024)).toMatchObject({ leftOpen: true, rightOpen: true, bottomOpen: false });
  expect(firstLayout('design', 1440)).toMatchObject({ bottomOpen: true });
});
