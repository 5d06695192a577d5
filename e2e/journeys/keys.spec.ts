import { expect, test } from '../fixtures.ts';

test('gives a command other keys, names who had them, and keeps them over a restart until they are reset', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  await editor.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByRole('textbox', { name: 'Find a command or its keys' }).fill('lens');
  await sheet
    .getByRole('button', { name: /^Change the keys of .*(Structure|Lens)/ })
    .first()
    .click();
  await page.keyboard.press('Control+d');
  await expect(sheet.getByRole('alert')).toContainText('Duplicate');
  await sheet.getByRole('button', { name: 'Take it' }).click();
  await expect(sheet.locator('kbd', { hasText: 'Ctrl+D' })).toBeVisible();
  await sheet.getByRole('button', { name: 'Done' }).click();
  await editor.press('Control+d');
  await expect(page.getByRole('region', { name: 'Canvas: structure' })).toBeVisible();
  await page.getByRole('button', { name: 'View menu' }).click();
  await expect(page.getByRole('menuitem').filter({ hasText: 'Ctrl+D' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(600);
  await page.reload();
  await editor.ready('2,474');
  await editor.press('Control+d');
  await expect(page.getByRole('region', { name: 'Canvas: structure' })).toBeVisible();
  await editor.press('?');
  await sheet.getByRole('button', { name: 'Reset all keys' }).click();
  await sheet.getByRole('button', { name: 'Done' }).click();
  await editor.press('Control+d');
  await expect(page.getByRole('region', { name: 'Canvas: structure' })).toBeVisible();
  await editor.press('Control+l');
  await expect(page.getByRole('region', { name: 'Canvas: structure' })).toHaveCount(0);
});
