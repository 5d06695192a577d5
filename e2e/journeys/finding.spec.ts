import { expect, test } from '../fixtures.ts';

test('Ctrl+F finds through all classes by name, type, argument, shape and path, and jumps', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  await editor.press('Control+f');
  const field = page.getByRole('combobox', { name: 'Find in all classes' });
  await field.fill('rate=0.2');
  await expect(page.getByRole('listbox', { name: 'Found' }).getByRole('option')).toHaveCount(1);
  await editor.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(editor.inspector).toContainText('Dropout');
  await editor.press('Control+f');
  await field.fill('no such thing');
  await expect(page.getByRole('dialog', { name: 'Find' }).getByRole('status')).toHaveText('0 places');
  await editor.press('Escape');
  await expect(field).toHaveCount(0);
});

test('L selects all that feeds a node, Shift+L all that it feeds', async ({ editor }) => {
  await editor.ready('2,474');
  await editor.node('batchNorm').click();
  await editor.press('l');
  await expect(editor.status).toContainText('3 nodes selected');
  await editor.node('dropout').click();
  await editor.press('Shift+L');
  await expect(editor.status).toContainText('3 nodes selected');
});

test('a view is kept under a digit and come back to, and undone as one step', async ({ editor }) => {
  await editor.ready('2,474');
  const place = async () => (await editor.node('linear1').boundingBox())!;
  await editor.press('Shift+1');
  const before = await place();
  await editor.press('Control+1');
  await expect(editor.page.getByText(/^Bookmark 1 shows this view/)).toBeVisible();
  await editor.page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(async () => (await place()).width).toBeGreaterThan(before.width + 1);
  await editor.canvas.focus();
  await editor.press('1');
  await expect.poll(async () => Math.round((await place()).width)).toBe(Math.round(before.width));
  await expect(editor.undoButton).toHaveAccessibleName(/Keep bookmark 1/);
  await editor.press('Control+z');
  await expect(editor.undoButton).toBeDisabled();
});
