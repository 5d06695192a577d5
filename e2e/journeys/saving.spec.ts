import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

/** Real files of the browser's private file system, which need no dialog: the pickers hand out this one. */
async function pickFile(page: Page, name: string): Promise<void> {
  await page.evaluate(async (picked) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle(picked, { create: true });
    Object.assign(window, { showSaveFilePicker: () => Promise.resolve(handle), showOpenFilePicker: () => Promise.resolve([handle]) });
  }, name);
}

async function read(page: Page, name: string): Promise<{ readonly name: string; readonly settings: readonly unknown[] }> {
  const text = await page.evaluate(async (file) => {
    const folder = await navigator.storage.getDirectory();
    return (await (await folder.getFileHandle(file)).getFile()).text();
  }, name);
  return JSON.parse(text);
}

test.beforeEach(async ({ editor }) => {
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
});

test('saves to the same file again, and to another with Save As', async ({ editor }) => {
  const { page } = editor;
  await pickFile(page, 'first.espalier');
  await editor.mode('Eval');
  await expect(editor.status).toContainText('Unsaved changes');
  await editor.press('Control+s');
  await expect(editor.status).not.toContainText('Unsaved changes');
  expect((await read(page, 'first.espalier')).settings).toHaveLength(1);

  await pickFile(page, 'second.espalier');
  await editor.node('relu').click();
  await editor.press('Delete');
  await editor.press('Control+s');
  await expect(editor.status).not.toContainText('Unsaved changes');
  expect(JSON.stringify(await read(page, 'first.espalier'))).not.toContain('relu');

  await editor.press('Control+z');
  await editor.press('Control+Shift+s');
  await expect(editor.status).not.toContainText('Unsaved changes');
  expect(JSON.stringify(await read(page, 'second.espalier'))).toContain('relu');
  expect(JSON.stringify(await read(page, 'first.espalier'))).not.toContain('relu');
  await editor.press('Control+y');
  await expect(editor.node('relu')).toHaveCount(0);
});

test('opens a file where the user picks it, and asks before unsaved work is left', async ({ editor }) => {
  const { page } = editor;
  await pickFile(page, 'kept.espalier');
  await editor.mode('Eval');
  await editor.press('Control+s');
  await expect(editor.status).not.toContainText('Unsaved changes');
  await editor.mode('Train');
  await editor.press('Control+o');
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Do(n’t|n't| not) save|^Discard/i })
    .click();
  await expect(editor.node('dropout')).toContainText('eval');
  await expect(editor.page).toHaveTitle(/^kept\.espalier/);
});
