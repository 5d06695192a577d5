import { describe, expect, it } from 'vitest';
import { readPreferences, writePreferences } from './fields.ts';
import { createSessionStore } from './store.ts';
import { firstLayout, fitToWidth, forgetOpened, movePanel, resetLayout, showPanel, toWorkspace, WORKSPACES } from './workspaces.ts';

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

describe('a window that changes its width', () => {
  const begin = () => createSessionStore({ workspace: 'design', ...firstLayout('design', 1440) });

  it('closes what has no room and opens it again', () => {
    const session = begin();
    session.set(fitToWidth(session.getState(), 1440, 1024));
    expect(session.getState()).toMatchObject({ leftOpen: true, bottomOpen: false, closedBySize: ['bottom'] });
    session.set(fitToWidth(session.getState(), 1024, 720));
    expect(session.getState()).toMatchObject({ leftOpen: false, rightOpen: true, bottomOpen: false, closedBySize: ['left', 'bottom'] });
    session.set(fitToWidth(session.getState(), 720, 1440));
    expect(session.getState()).toMatchObject({ leftOpen: true, bottomOpen: true, closedBySize: [] });
  });

  it('leaves closed what the user closed, and open what the user opened', () => {
    const session = begin();
    session.set({ leftOpen: false });
    session.set(fitToWidth(session.getState(), 1440, 720));
    session.set({ bottomOpen: true });
    session.set(forgetOpened(session.getState()));
    expect(session.getState()).toMatchObject({ closedBySize: [] });
    expect(fitToWidth(session.getState(), 720, 700)).toEqual({});
    session.set({ bottomOpen: false });
    session.set(fitToWidth(session.getState(), 700, 1440));
    expect(session.getState()).toMatchObject({ leftOpen: false, bottomOpen: false });
  });

  it('opens it again also after a restart, and in a workspace that was left meanwhile', () => {
    const session = begin();
    session.set(fitToWidth(session.getState(), 1440, 1024));
    session.set(toWorkspace(session.getState(), 'code', 1024));
    const again = createSessionStore(readPreferences(writePreferences(session.getState()), ['results', 'problems', 'code']));
    again.set(toWorkspace(again.getState(), 'design', 1440));
    expect(again.getState()).toMatchObject({ bottomOpen: true, closedBySize: [] });
  });
});
