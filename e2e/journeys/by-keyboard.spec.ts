/** @file The canvas by keyboard alone: one place in the order of Tab, and from there everything. */
import { expect, test } from '../fixtures.ts';

test('walks along the data flow, moves, deletes and goes on from where one was', async ({ editor }) => {
  const { page, canvas } = editor;
  await editor.ready('2,474');
  const stops = canvas.locator('.flow [tabindex="0"]');
  await expect(stops).toHaveCount(1);
  await canvas.focus();
  await editor.press('Tab');
  await expect(editor.node('x')).toBeFocused();
  await expect(editor.node('x')).toHaveAccessibleName('x, input, (batch, 64) float32, 1 of 7');
  for (const name of ['linear1', 'batchNorm', 'relu']) {
    await editor.press('ArrowRight');
    await expect(editor.node(name)).toBeFocused();
  }
  await expect(stops).toHaveCount(1);
  await editor.press('ArrowLeft');
  await expect(editor.node('batchNorm')).toHaveAccessibleName('batchNorm, BatchNorm, train, (batch, 32) float32, 3 of 7');
  await expect(editor.inspector.getByRole('textbox', { name: 'Member name' })).toHaveValue('batchNorm');

  // Its wires, and from one to the node at its end.
  await editor.press('w');
  await expect(editor.wire(/^Wire from batchNorm to relu/)).toBeFocused();
  await editor.press('w');
  await expect(editor.wire(/^Wire from linear1 to batchNorm/)).toBeFocused();
  await editor.press('ArrowRight');
  await expect(editor.node('batchNorm')).toBeFocused();

  // Moved, and back.
  const before = (await editor.node('batchNorm').boundingBox())!;
  await editor.press('Alt+Shift+ArrowDown');
  await expect.poll(async () => (await editor.node('batchNorm').boundingBox())!.y).toBeGreaterThan(before.y + 8);
  await editor.press('Control+z');
  await expect.poll(async () => (await editor.node('batchNorm').boundingBox())!.y).toBe(before.y);

  // What is gone leaves the keyboard to what fed it; what comes back has it again.
  await editor.press('Delete');
  await expect(editor.node('linear1')).toBeFocused();
  await editor.press('Control+z');
  await expect(editor.node('batchNorm')).toBeFocused();
  await editor.press('Shift+ArrowRight');
  await expect(editor.status).toContainText('2 nodes selected');
  await editor.press('End');
  await expect(editor.node('logits')).toBeFocused();
  await editor.press('PageUp');
  await expect(editor.node('linear2')).toBeFocused();

  // Every step was told.
  const told = page.getByRole('log', { name: 'Announcements' });
  await expect(told).toContainText('Undone: Delete 1 node.');

  // Into its fields and back, and on past the canvas.
  await editor.press('Enter');
  await expect(editor.inspector.locator(':focus')).toHaveCount(1);
  await editor.press('Escape');
  await expect(editor.node('linear2')).toBeFocused();
  await editor.press('Escape');
  await editor.press('Tab');
  await expect(canvas.locator('.flow :focus')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await expect(editor.node('linear2')).toBeFocused();
});

test('wires by C: the port is chosen by arrows or letters, what does not fit says why, and Escape leaves', async ({ editor }) => {
  const { page, canvas } = editor;
  await editor.ready('2,474');
  const bar = canvas.locator('.connecting-bar');
  const told = page.getByRole('log', { name: 'Announcements' });
  await editor.node('relu').click();
  await editor.press('c');
  await expect(bar).toContainText('Wire from relu');
  await page.keyboard.type('linear1');
  await expect(bar).toContainText(/cycle|loop|itself/);
  await expect(told).toContainText(/linear1 does not fit/);
  await editor.press('Enter');
  await expect(bar).toBeVisible();
  for (let k = 0; k < 7; k++) await editor.press('Backspace');
  await page.keyboard.type('log');
  await expect(bar).toContainText('logits in place of linear2');
  await editor.press('Enter');
  await expect(bar).toHaveCount(0);
  await expect(editor.wire(/^Wire from relu to logits/)).toBeVisible();
  await expect(told).toContainText('Wired relu to logits');
  await expect(editor.node('relu')).toBeFocused();
  await editor.press('Control+z');
  await expect(editor.wire(/^Wire from linear2 to logits/)).toBeVisible();

  // The other way round, left as it was.
  await editor.press('Shift+C');
  await expect(bar).toContainText('Wire into relu');
  const first = await bar.textContent();
  await editor.press('ArrowRight');
  await expect(bar).not.toHaveText(first!);
  await editor.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(editor.wire(/^Wire from batchNorm to relu/)).toBeVisible();
});
