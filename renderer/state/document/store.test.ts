import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelDocument } from '../../../core/document/index.ts';
import { HISTORY_LIMIT } from './history.ts';
import { createDocumentStore, hasUnsavedChanges, redoLabel, undoLabel, type DocumentStore } from './store.ts';

const empty: ModelDocument = {
  format: 'espalier',
  version: 4,
  name: 'start',
  classes: {},
  root: { class: 'c1', args: {} },
  settings: [],
  views: [],
  run: {
    seed: 0,
    source: { type: 'ones', args: {} },
    batchSize: 1,
    loss: { type: 'mean', args: {} },
    optimizer: { type: 'sgd', args: {} },
    steps: 1,
  },
};

const rename = (name: string) => (document: ModelDocument) => ({ ...document, name });

let place = 'here';
let nowMs = 0;
let store: DocumentStore<string>;

beforeEach(() => {
  place = 'here';
  nowMs = 0;
  store = createDocumentStore<string>({
    document: empty,
    now: () => nowMs,
    place: {
      read: () => place,
      restore: (before) => {
        place = before;
      },
    },
  });
});

const name = () => store.getState().document.name;

describe('undo and redo', () => {
  it('take an edit back and do it again under its label', () => {
    store.edit('Rename', rename('a'));
    expect(undoLabel(store.getState())).toBe('Rename');
    expect(store.undo()).toBe(true);
    expect(store.getState().document).toBe(empty);
    expect(redoLabel(store.getState())).toBe('Rename');
    expect(store.redo()).toBe(true);
    expect(name()).toBe('a');
  });

  it('say so when there is nothing to take back', () => {
    expect(store.undo()).toBe(false);
    expect(store.redo()).toBe(false);
  });

  it('records no step for a recipe that changes nothing', () => {
    store.edit('Nothing', (document) => document);
    expect(store.getState().history.past).toHaveLength(0);
  });

  it('forgets what could be redone at the next edit, and not when only the selection changes', () => {
    store.edit('First', rename('a'));
    store.undo();
    place = 'elsewhere';
    expect(redoLabel(store.getState())).toBe('First');
    store.edit('Second', rename('b'));
    expect(redoLabel(store.getState())).toBeUndefined();
  });

  it('restores where the user was before and after a step', () => {
    store.edit('Add', rename('a'), { place: 'at the new node' });
    expect(place).toBe('at the new node');
    place = 'somewhere';
    store.undo();
    expect(place).toBe('here');
    store.redo();
    expect(place).toBe('at the new node');
  });

  it('keeps the last 200 steps', () => {
    for (let i = 1; i <= HISTORY_LIMIT + 5; i++) store.edit('Rename', rename(`n${i}`));
    let steps = 0;
    while (store.undo()) steps += 1;
    expect(steps).toBe(HISTORY_LIMIT);
    expect(name()).toBe('n5');
  });
});

describe('merging', () => {
  it('makes one step of quick edits with the same key', () => {
    for (const letter of ['a', 'ab', 'abc']) {
      nowMs += 300;
      store.edit('Rename', rename(letter), { merge: 'name' });
    }
    store.undo();
    expect(name()).toBe('start');
  });

  it('keeps edits apart that are more than a second apart', () => {
    store.edit('Rename', rename('a'), { merge: 'name' });
    nowMs += 1001;
    store.edit('Rename', rename('b'), { merge: 'name' });
    store.undo();
    expect(name()).toBe('a');
  });

  it('does not widen the step that the file holds', () => {
    store.edit('Rename', rename('a'), { merge: 'name' });
    store.markSaved({ name: 'm.espalier', handle: null }, store.getState().document);
    store.edit('Rename', rename('ab'), { merge: 'name' });
    store.undo();
    expect(name()).toBe('a');
    expect(hasUnsavedChanges(store.getState())).toBe(false);
  });
});

describe('gestures', () => {
  it('are one step, however many edits they hold', () => {
    store.begin('Move');
    for (let i = 0; i < 10; i++) store.edit('ignored', rename(`at ${i}`));
    store.commit();
    expect(name()).toBe('at 9');
    expect(undoLabel(store.getState())).toBe('Move');
    store.undo();
    expect(name()).toBe('start');
  });

  it('can be taken back without a step', () => {
    store.begin('Move');
    store.edit('ignored', rename('away'));
    store.cancel();
    expect(store.getState().document).toBe(empty);
    expect(store.undo()).toBe(false);
  });

  it('hold off undo while they last', () => {
    store.edit('Rename', rename('a'));
    store.begin('Move');
    expect(store.undo()).toBe(false);
    expect(name()).toBe('a');
  });

  it('leave no step when nothing came of them', () => {
    store.begin('Move');
    store.commit();
    expect(undoLabel(store.getState())).toBeUndefined();
  });
});

describe('the unsaved mark', () => {
  const file = { name: 'm.espalier', handle: '/m.espalier' };

  it('goes when undo leads back to what the file holds', () => {
    store.edit('Rename', rename('a'));
    store.markSaved(file, store.getState().document);
    store.edit('Rename', rename('b'));
    expect(hasUnsavedChanges(store.getState())).toBe(true);
    store.undo();
    expect(hasUnsavedChanges(store.getState())).toBe(false);
    store.undo();
    expect(hasUnsavedChanges(store.getState())).toBe(true);
  });

  it('stays for edits made while the file was being written', () => {
    store.edit('Rename', rename('a'));
    const written = store.getState().document;
    store.edit('Rename', rename('b'));
    store.markSaved(file, written);
    expect(hasUnsavedChanges(store.getState())).toBe(true);
    store.undo();
    expect(hasUnsavedChanges(store.getState())).toBe(false);
  });

  it('knows the untouched document that was written while the first edit came', () => {
    const written = store.getState().document;
    store.edit('Rename', rename('a'));
    store.markSaved(file, written);
    expect(hasUnsavedChanges(store.getState())).toBe(true);
    store.undo();
    expect(hasUnsavedChanges(store.getState())).toBe(false);
  });

  it('knows what was undone while it was being written', () => {
    store.edit('Rename', rename('a'));
    const written = store.getState().document;
    store.undo();
    store.markSaved(file, written);
    expect(hasUnsavedChanges(store.getState())).toBe(true);
    store.redo();
    expect(hasUnsavedChanges(store.getState())).toBe(false);
  });

  it('stays when what a gesture showed was written, and the gesture was cancelled', () => {
    store.begin('Move');
    store.edit('Rename', rename('a'));
    store.markSaved(file, store.getState().document);
    store.cancel();
    expect(hasUnsavedChanges(store.getState())).toBe(true);
  });

  it('stays when the saved step was forgotten', () => {
    for (let i = 0; i < HISTORY_LIMIT + 1; i++) store.edit('Rename', rename(`n${i}`));
    while (store.undo());
    expect(hasUnsavedChanges(store.getState())).toBe(true);
  });

  it('is set by loading a recovered document', () => {
    store.load({ ...empty, name: 'recovered' }, null, { saved: false });
    expect(hasUnsavedChanges(store.getState())).toBe(true);
    expect(store.undo()).toBe(false);
  });
});
