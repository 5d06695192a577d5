/** @file The history: every gesture one labelled step, to jump to by pointer and by keys. */
import { expect, test } from '../fixtures.ts';

test('one jumps back and forth in the history, and what was undone is marked until something else is done', async ({ editor }) => {
  const { page } = editor;
  await editor.withoutPickers();
  const before = await editor.save();
  await editor.node('relu').click();
  await editor.press('Control+d');
  await editor.press('n');
  await page.keyboard.type('A note, typed letter by letter');
  await editor.press('Escape');
  await editor.press('Control+j');
  await editor.press('Escape');
  const text = await editor.save();

  await editor.tab('History');
  const list = page.getByRole('listbox', { name: 'History' });
  await expect(list.getByRole('option')).toHaveText([
    /As it was opened/,
    /Duplicate 1 node/,
    /Add note/,
    /Edit note/,
    /Frame the selection.*now/,
  ]);
  await list.getByRole('option', { name: /As it was opened/ }).click();
  await expect(list.getByRole('option', { name: /Add note/ })).toContainText('undone');
  expect(await editor.save()).toBe(before);
  await list.focus();
  await page.keyboard.press('End');
  expect(await editor.save()).toBe(text);
  await page.keyboard.press('ArrowUp');
  await expect(list.getByRole('option', { selected: true })).toContainText('Edit note');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('option', { selected: true })).toContainText('Duplicate 1 node');
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/history.png` });

  // Selecting is no step; another edit forgets what was undone.
  await editor.node('linear1').click();
  await expect(list.getByRole('option')).toHaveCount(5);
  await editor.press('Delete');
  await expect(list.getByRole('option')).toHaveCount(3);
});
