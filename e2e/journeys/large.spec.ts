import { chainDocument } from '../documents.ts';
import { expect, test } from '../fixtures.ts';

test('a chain of 10,000 layers is opened, edited, undone, saved and reopened byte for byte', async ({ editor }) => {
  await editor.withoutPickers();
  await editor.open('chain.espalier', chainDocument(10_000));
  await expect(editor.status).toContainText('293,376 parameters');
  await expect(editor.status).toContainText('No problems');
  await expect(editor.node('layer0')).toBeVisible();
  await expect(editor.node('layer1')).toBeVisible();
  await expect(editor.wire(/^Wire from x to layer0,/)).toBeAttached();
  const first = await editor.save();

  // A parameter: the layer behind does not fit until it is undone.
  await editor.node('layer0').click();
  await editor.set('outFeatures', '16');
  await expect(editor.status).toContainText('1 problem');
  await expect(editor.status).toContainText('293,448 parameters');
  await editor.undoButton.click();
  await expect(editor.status).toContainText('No problems');

  // A place: the node is dragged, and goes back.
  const before = await editor.node('layer1').boundingBox();
  await editor.node('layer1').hover();
  await editor.page.mouse.down();
  await editor.page.mouse.move(before!.x + 60, before!.y + 80, { steps: 4 });
  await editor.page.mouse.up();
  await expect.poll(async () => (await editor.node('layer1').boundingBox())!.y).toBeGreaterThan(before!.y + 20);
  await expect(editor.undoButton).toHaveAccessibleName(/Move/);

  // A wire: it is taken out, and drawn anew.
  await editor.wire(/^Wire from x to layer0,/).click({ force: true });
  await editor.press('Delete');
  await expect(editor.status).toContainText('2 problems');
  await editor.connect('x', 'layer0');
  await expect(editor.status).toContainText('No problems');

  const edited = await editor.save();
  expect(edited).not.toBe(first);
  while (await editor.undoButton.isEnabled()) await editor.undoButton.click();
  await expect.poll(async () => (await editor.node('layer1').boundingBox())!.y).toBe(before!.y);
  expect(await editor.save()).toBe(first);

  await editor.open('edited.espalier', edited);
  await expect(editor.status).toContainText('293,376 parameters');
  expect(await editor.save()).toBe(edited);
});
