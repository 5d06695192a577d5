import { EventEmitter } from 'node:events';
import { beforeEach, expect, it } from 'vitest';
import { guardUnsaved, type GuardedWindow, type UnsavedGuard } from './unsaved-guard.ts';

const [SAVE, DISCARD, CANCEL] = [0, 1, 2];

class Window extends EventEmitter {
  isDestroyed = false;
  setTitle(): void {}
  setDocumentEdited(): void {}
  destroy(): void {
    this.isDestroyed = true;
  }
}

let window: Window;
let guard: UnsavedGuard;
let answers: ((response: number) => void)[];
let saves: number;
let discard: () => Promise<void>;

beforeEach(() => {
  [window, answers, saves] = [new Window(), [], 0];
  discard = async () => undefined;
  const dialog = {
    showMessageBox: () =>
      new Promise<{ response: number; checkboxChecked: boolean }>((resolve) => {
        answers.push((response) => resolve({ response, checkboxChecked: false }));
      }),
  };
  guard = guardUnsaved(window as unknown as GuardedWindow, dialog as never, { save: () => void saves++, discard: () => discard() });
  guard.set(true, 'net');
});

/** Closes, and answers the question. */
async function close(response: number): Promise<void> {
  window.emit('close', { preventDefault: () => undefined });
  answers.at(-1)!(response);
  await new Promise((resolve) => void setImmediate(resolve));
}

it('closes when the window has saved', async () => {
  await close(SAVE);
  expect([saves, window.isDestroyed]).toEqual([1, false]);
  guard.set(false, 'net');
  expect(window.isDestroyed).toBe(false);
  guard.savedForClose(true);
  expect(window.isDestroyed).toBe(true);
});

it.each(['cancelled', 'failed'])('leaves nothing armed when the save was %s: a later one closes nothing (D1)', async () => {
  await close(SAVE);
  guard.savedForClose(false);
  guard.set(false, 'net');
  guard.savedForClose(true);
  expect(window.isDestroyed).toBe(false);
});

it('stays open when the window became clean by another way than the save it asked for (D1)', async () => {
  await close(SAVE);
  // Undone to what is saved, or another document opened, while the save dialog stands.
  guard.set(false, 'net');
  guard.savedForClose(false);
  expect(window.isDestroyed).toBe(false);
});

it('stays open when something was edited while it was being saved', async () => {
  await close(SAVE);
  guard.set(false, 'net');
  guard.set(true, 'net');
  guard.savedForClose(true);
  expect(window.isDestroyed).toBe(false);
});

it('forgets an unanswered save when the user closes anew and cancels', async () => {
  await close(SAVE);
  await close(CANCEL);
  guard.set(false, 'net');
  guard.savedForClose(true);
  expect(window.isDestroyed).toBe(false);
});

it('asks once, however often the window is closed meanwhile', () => {
  for (let i = 0; i < 3; i++) window.emit('close', { preventDefault: () => undefined });
  expect(answers).toHaveLength(1);
});

it('closes without saving, also if the recovery copy cannot be deleted', async () => {
  discard = () => Promise.reject(new Error('busy'));
  await close(DISCARD);
  expect(window.isDestroyed).toBe(true);
});
