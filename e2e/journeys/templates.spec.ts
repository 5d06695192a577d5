/** @file Beginning from what is there already: the shipped templates, and blocks of one's own. */
import { violations } from '../axe.ts';
import { expect, test } from '../fixtures.ts';

test('a template opens from the invitation of a blank document, and runs; another is inserted beside it, in one step', async ({
  editor,
}) => {
  const { page } = editor;
  await editor.ready('2,474');
  await editor.menu('File', /^New/);
  await page.getByRole('button', { name: 'Start from a template' }).click();
  const field = page.getByRole('combobox', { name: 'Find a template' });
  const found = page.getByRole('listbox', { name: 'Templates' }).getByRole('option');
  await expect(found).not.toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await field.fill('no such thing');
  await expect(page.getByText('No template has these letters.')).toBeVisible();
  await field.fill('mlp');
  await editor.press('Control+Enter');
  await expect(page).toHaveTitle(/^MLP/);
  await expect(page.getByRole('button', { name: 'Start from a template' })).toHaveCount(0);
  await editor.run();
  const before = await editor.canvas.locator('.node').count();

  await editor.press('t');
  await field.fill('attention');
  await editor.press('Enter');
  await expect(editor.canvas.locator('.node')).toHaveCount(before + 1);
  await expect(editor.status).toContainText('1 node selected');
  await editor.press('Control+z');
  await expect(editor.canvas.locator('.node')).toHaveCount(before);
});

test('a class is kept in one’s own library, outlives the window, and is removed only when one is sure', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  await editor.press('Control+k');
  await page.keyboard.type('keep this class');
  await editor.press('Enter');
  await expect(page.getByText(/^Classifier is in your library/)).toBeVisible();
  await page.reload();
  await editor.ready('2,474');
  await editor.press('t');
  const mine = page.getByRole('option', { name: /mine$/ });
  await mine.click();
  await expect(page.getByRole('region', { name: 'Classifier' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove …' }).click();
  await expect(mine).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove for good' }).click();
  await expect(mine).toHaveCount(0);
});
