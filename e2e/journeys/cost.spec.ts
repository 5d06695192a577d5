import { expect, test } from '../fixtures.ts';

test('what a model costs is known before it runs: in total, Module by Module, for any batch, and on the canvas', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  await page.getByRole('tab', { name: 'Cost' }).click();
  const table = page.getByRole('table', { name: 'Cost of each Module' });
  const root = table.getByRole('row', { name: /^\(root\)/ });
  await expect(root).toContainText('2,474');
  const products = async () => (await root.getByRole('cell').nth(3).innerText()).trim();
  const before = await products();
  await page.getByRole('textbox', { name: 'Length of batch' }).fill('1');
  await page.keyboard.press('Enter');
  await expect(root.getByRole('cell').nth(3)).toHaveText('2,368');
  expect(before).not.toBe('2,368');

  await page.getByRole('textbox', { name: 'Length of batch' }).fill('none');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Expected a whole number from 1, got "none".')).toBeVisible();
  await page.keyboard.press('Escape');

  const rows = table.getByRole('row').filter({ hasText: 'Linear' });
  await rows.first().getByRole('button').click();
  await expect(editor.inspector).toContainText('Linear');

  await page.getByRole('combobox', { name: 'Colour by' }).selectOption({ label: 'Parameters' });
  await expect(editor.canvas.locator('.node-heat').first()).toBeVisible();
  await expect(editor.canvas.getByRole('img', { name: /^Scale from/ })).toBeVisible();
});
