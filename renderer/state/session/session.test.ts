import { expect, it } from 'vitest';
import { readPreferences, SESSION_FIELDS, writePreferences } from './fields.ts';
import { formatPath, parsePathKey, pathKey } from '../paths.ts';
import { createSessionStore, INITIAL_SESSION, viewportKey } from './store.ts';

it('keeps preferences over a restart and forgets the rest', () => {
  const session = createSessionStore();
  session.set({
    theme: 'dark',
    bottomTab: 'code',
    panelSizes: { main: { left: 20, centre: 80 } },
    lens: 'structure',
    filterText: 'Linear',
  });
  const restored = readPreferences(writePreferences(session.getState()), ['results', 'code']);
  expect(restored).toMatchObject({ theme: 'dark', bottomTab: 'code', panelSizes: { main: { left: 20, centre: 80 } } });
  expect(restored).not.toHaveProperty('lens');
  expect(restored).not.toHaveProperty('filterText');
});

it('says of every key whether it is saved', () => {
  expect(Object.keys(SESSION_FIELDS).sort()).toEqual(Object.keys(INITIAL_SESSION).sort());
});

it('leaves damaged preferences out instead of failing', () => {
  expect(readPreferences('not JSON', [])).toEqual({});
  expect(readPreferences('[1]', [])).toEqual({});
  expect(readPreferences(undefined, [])).toEqual({});
  expect(readPreferences('{"theme":"pink","leftOpen":"yes","rightOpen":false,"panelSizes":{"main":{"left":"wide"}}}', [])).toEqual({
    rightOpen: false,
  });
  expect(readPreferences('{"overlay":"zeros"}', [])).toEqual({ overlay: 'zeros' });
  expect(readPreferences('{"overlay":"constructor"}', [])).toEqual({});
  expect(readPreferences('{"bottomTab":"log","leftOpen":true}', ['code'])).toEqual({ leftOpen: true });
  expect(readPreferences('{"bottomTab":7}', ['7'])).toEqual({});
});

it('replaces a selection of nodes when wires are selected', () => {
  const session = createSessionStore();
  session.select({ nodes: ['n1', 'n2'] });
  session.select({ wires: ['w1'] });
  expect(session.getState().selection).toEqual({ nodes: [], wires: ['w1'], modules: [], annotations: [] });
});

it('enters a class and leaves by the breadcrumb', () => {
  const session = createSessionStore({ lens: 'structure' });
  session.enter({ class: 'c1', instance: ['sub'] });
  session.enter({ class: 'c2', instance: ['sub', 'blocks', 0] });
  expect(session.getState().lens).toBe('flow');
  expect(viewportKey(session.getState())).toBe('flow:c2');
  session.leaveTo(1);
  expect(session.getState().open).toEqual([{ class: 'c1', instance: ['sub'] }]);
});

it('writes paths as keys and as words', () => {
  const path = ['blocks', 0, 'linear'];
  expect(parsePathKey(pathKey(path))).toEqual(path);
  expect(formatPath(path)).toBe('blocks[0].linear');
  expect(formatPath([])).toBe('(root)');
});
