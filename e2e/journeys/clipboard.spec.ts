/** @file Nodes that travel from one document to another over the system's clipboard, their classes with them (E2). */
import { expect, test } from '../fixtures.ts';
import { drawn, savedPlaces } from '../wired.ts';

test('E2: a class copied in one document and pasted in another comes along, and undo takes it back', async ({ editor }) => {
  const { page } = editor;
  await editor.openExample('Block with SubModule');
  const call = editor.canvas.locator('.node[data-family="class"]').first();
  await call.click();
  await editor.press('Control+c');
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
  await expect(editor.canvas.locator('.node[data-family="class"]')).toHaveCount(0);
  await editor.press('Control+v');
  await expect(editor.canvas.locator('.node[data-family="class"]')).toHaveCount(1);
  await expect(editor.undoButton).toHaveAccessibleName(/Paste 1 node/);
  await editor.press('Control+z');
  await expect(editor.canvas.locator('.node[data-family="class"]')).toHaveCount(0);

  // What is no part of a model is refused in words, and changes nothing.
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'import os');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(page.getByText('The clipboard holds no part of a model.')).toBeVisible();
  await expect(editor.undoButton).toBeDisabled();
});

test('Ctrl+Shift+V pastes with the wires that led into the original, Ctrl+V without', async ({ editor }) => {
  await editor.node('linear2').click();
  await editor.press('Control+c');
  await editor.press('Control+v');
  await expect(editor.node('linear3')).toBeVisible();
  await expect(editor.wire(/^Wire from dropout to linear3/)).toHaveCount(0);
  await editor.press('Control+z');
  await editor.press('Control+Shift+v');
  await expect(editor.node('linear3')).toBeVisible();
  await expect(editor.wire(/^Wire from dropout to linear3/)).toHaveCount(1);
  await editor.press('Control+z');
  await expect(editor.node('linear3')).toHaveCount(0);
});

test('a text without places is laid out below what is there, and shown', async ({ editor }) => {
  await editor.withoutPickers();
  const parts = [
    { id: 'first', type: 'Linear', args: { outFeatures: 8 } },
    { id: 'act', type: 'relu' },
    { id: 'second', type: 'Linear', args: { outFeatures: 8 } },
  ];
  const text = drawn(parts, ['x first.x', 'first act.x', 'act second.x', 'second y.in']);
  await editor.page.evaluate((given) => {
    const data = new DataTransfer();
    data.setData('text/plain', given);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  for (const name of ['first', 'second']) await expect(editor.node(name)).toBeInViewport({ ratio: 0.99 });
  await expect(editor.undoButton).toHaveAccessibleName(/Paste 5 nodes/);
  const places = savedPlaces(await editor.save());
  const [logits, first, second] = ['logits', 'first', 'second'].map((name) => places.get(name)!);
  expect(first!.y).toBeGreaterThan(logits!.y + 60);
  expect(second!.x).toBeGreaterThan(first!.x + 300);
  await editor.press('Control+z');
  await expect(editor.node('first')).toHaveCount(0);
  await expect(editor.undoButton).toBeDisabled();
});
