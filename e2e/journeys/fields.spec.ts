/** @file Keys of fields against keys of the canvas (E7), and small things of the editor that misled (E9). */
import { expect, test } from '../fixtures.ts';

test('E7: Enter leaves a field, and Ctrl+Z is that of the document wherever nothing was typed', async ({ editor }) => {
  const { page } = editor;
  await editor.node('linear1').click();
  const field = editor.inspector.getByRole('textbox', { name: 'outFeatures' });
  await field.fill('48');
  await editor.press('Enter');
  await expect(field).not.toBeFocused();
  await expect(editor.undoButton).toHaveAccessibleName(/outFeatures/);
  await editor.press('Control+ArrowUp');
  await expect(field).toHaveValue('48');

  // In the field, untouched: the document's undo, and leaving it commits nothing.
  await field.click();
  await editor.press('Control+z');
  await expect(field).toHaveValue('32');
  await editor.press('Tab');
  await expect(field).toHaveValue('32');
  await expect(editor.undoButton).toBeDisabled();

  // What was typed is the field's own until it is left.
  await field.fill('64');
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('32');

  await page.keyboard.press('Escape');
  await editor.canvas.click({ position: { x: 300, y: 420 } });
  await editor.press('/');
  const search = page.getByRole('textbox', { name: 'Search layers and ops' });
  await search.fill('conv');
  await page.keyboard.press('Escape');
  await editor.canvas.click({ position: { x: 300, y: 420 } });
  await editor.press('/');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('');
});

test('E9: a name that cannot be is told below its field, and goes with an undo', async ({ editor }) => {
  await editor.node('linear1').click();
  const field = editor.inspector.getByRole('textbox', { name: 'Member name' });
  await field.fill('dropout');
  await editor.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(editor.inspector.getByRole('alert')).toContainText('Expected');
  await expect(editor.page.getByRole('status', { name: 'Notices' })).toBeEmpty();
  await editor.press('Escape');
  await expect(field).toHaveValue('linear1');
  await expect(editor.inspector.getByRole('alert')).toHaveCount(0);
});

test('E9: a class that nothing uses can be opened and deleted, and undo brings it back', async ({ editor }) => {
  await editor.openExample('Block with SubModule');
  await editor.canvas.locator('.node[data-family="class"]').first().click();
  await editor.press('Delete');
  const unused = editor.page.getByRole('region', { name: 'Classes not in use' });
  await unused.getByRole('button', { name: 'SubModule', exact: true }).click();
  await expect(editor.canvas.getByRole('navigation')).toContainText('SubModule');
  await unused.getByRole('button', { name: 'Delete class SubModule' }).click();
  await expect(unused).toHaveCount(0);
  await editor.press('Control+z');
  await expect(unused).toContainText('SubModule');
});

test('E9: at twice the size on a small screen everything of the toolbar is in reach', async ({ editor }) => {
  const { page } = editor;
  await page.setViewportSize({ width: 720, height: 450 });
  const boxes = await page
    .locator('.toolbar')
    .locator('button, input, h1')
    .evaluateAll((all) =>
      all.map((each) => each.getBoundingClientRect()).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })),
    );
  for (const [i, a] of boxes.entries()) {
    expect(a.right).toBeLessThanOrEqual(720);
    for (const b of boxes.slice(i + 1)) {
      const isApart = a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5;
      expect(isApart).toBe(true);
    }
  }
});

test('at 200 % zoom: a class entered shows itself first, a field added is named at once, and every target of the code is reached', async ({
  editor,
}) => {
  const { page, inspector } = editor;
  await editor.withoutPickers();
  await editor.press('Control+n');
  await page.setViewportSize({ width: 1024, height: 700 });
  const [words, tools] = [page.getByText('Press Space and type what to add'), page.getByLabel('Colour by')];
  await expect
    .poll(async () => (await words.boundingBox())!.y + (await words.boundingBox())!.height)
    .toBeLessThan((await tools.boundingBox())!.y);
  await page.setViewportSize({ width: 720, height: 450 });
  await editor.press('Control+Shift+n');
  await expect(editor.node('block')).toBeFocused();
  await expect(editor.status).toContainText('No problems');
  await editor.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Open class' })).toContainText('Block');
  if (!(await inspector.isVisible())) await editor.press('Control+Alt+b');
  await expect(inspector.getByRole('textbox', { name: 'Class name' })).toBeInViewport();
  await inspector.getByRole('button', { name: 'Add a field' }).click();
  await expect(inspector.getByRole('textbox', { name: 'Name of field width' })).toBeFocused();
  await page.keyboard.type('depth');
  await editor.press('Enter');
  await expect(inspector.getByRole('textbox', { name: 'Name of field depth' })).toBeVisible();
  await editor.press('Alt+4');
  for (const target of ['Flax NNX', 'TypeScript']) {
    await page.getByRole('radio', { name: target }).click();
    await expect(page.getByRole('radio', { name: target })).toBeInViewport({ ratio: 1 });
  }
  await editor.press('Alt+1');
  await editor.press('?');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Done' })).toBeInViewport({ ratio: 1 });
  await editor.press('Escape');
  await editor.press('t');
  const field = page.getByRole('combobox', { name: 'Find a template' });
  await expect.poll(async () => (await field.boundingBox())!.height).toBeGreaterThan(36);
});
