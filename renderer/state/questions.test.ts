import { expect, it } from 'vitest';
import { createDialogs } from './questions.ts';

it('gives the answer to whoever asked', async () => {
  const dialogs = createDialogs();
  const asked = dialogs.ask('confirmUnsaved', { name: 'm' });
  expect(dialogs.getState().open).toEqual({ kind: 'confirmUnsaved', name: 'm' });
  dialogs.answer('save');
  expect(await asked).toBe('save');
  expect(dialogs.getState().open).toBeNull();
});

it('closes the open dialog without an answer when another opens', async () => {
  const dialogs = createDialogs();
  const first = dialogs.ask('rename', { what: 'member', name: 'a' });
  const second = dialogs.ask('chooseExample', {});
  expect(await first).toBeUndefined();
  dialogs.answer('block.espalier');
  expect(await second).toBe('block.espalier');
});

it('keeps the newest three notices', () => {
  const dialogs = createDialogs();
  for (const text of ['a', 'b', 'c', 'd']) dialogs.tell(text);
  expect(dialogs.getState().notices.map((notice) => notice.text)).toEqual(['b', 'c', 'd']);
  dialogs.dismiss(dialogs.getState().notices[0]!.id);
  expect(dialogs.getState().notices.map((notice) => notice.text)).toEqual(['c', 'd']);
});
