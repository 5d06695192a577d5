/** @file What is wrong is mended where it is said: one click, one step, undone to the identical file. */
import { violations } from '../axe.ts';
import { expect, test } from '../fixtures.ts';

test('a fault is mended from the list, the inspector, the menu and by key, one undoable step each', async ({ editor }) => {
  const { page, inspector } = editor;
  await editor.withoutPickers();
  const sound = await editor.save();
  await editor.node('linear2').click();
  await editor.set('inFeatures', '9');
  const faulty = await editor.save();
  await expect(editor.status).toContainText('1 problem');

  // The list says where, and has the button.
  await editor.tab('Problems');
  const list = editor.panel('Problems');
  await expect(list).toContainText('expected a last axis of 9');
  await list.getByRole('button', { name: /^Infer inFeatures/ }).click();
  await expect(editor.status).toContainText('No problems');
  await expect(editor.undoButton).toHaveAccessibleName(/Infer inFeatures/);
  await editor.press('Control+z');
  expect(await editor.save()).toBe(faulty);

  // The node says it, too.
  await editor.node('linear2').click();
  expect(await violations(page)).toEqual([]);
  await inspector
    .getByRole('list', { name: 'Problems of the node' })
    .getByRole('button', { name: /^Set inFeatures to 32/ })
    .click();
  await expect(editor.status).toContainText('No problems');
  await editor.press('Control+z');

  // By the menu of the node, and by its key: here the first choice, which infers.
  await editor.node('linear2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Fix: Insert Linear to 9/ }).click();
  await expect(editor.status).toContainText('No problems');
  await expect(editor.canvas.locator('.node', { hasText: 'Linear' })).toHaveCount(3);
  await editor.press('Control+z');
  await editor.press('Alt+Enter');
  await expect(editor.status).toContainText('No problems');
  await editor.press('Control+z');
  await editor.press('Control+z');
  expect(await editor.save()).toBe(sound);
});

test('what is unfinished is one entry, which wires it or takes it away', async ({ editor }) => {
  const { page } = editor;
  await editor.withoutPickers();
  await editor.menu('File', 'New');
  const fresh = await editor.save();
  await editor.canvas.click({ position: { x: 30, y: 500 } });
  for (const type of ['relu', 'tanh', 'gelu']) await editor.dragFromPalette(type, 300, 80 + 100 * ['relu', 'tanh', 'gelu'].indexOf(type));
  await editor.connect('relu', 'tanh');
  await editor.connect('tanh', 'gelu');
  await editor.tab('Problems');
  const list = editor.panel('Problems');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list).toContainText('relu: expected a wire into "x", got none. relu, tanh and gelu lead to no output.');
  await expect(editor.status).toContainText('1 problem');
  await list.getByRole('button', { name: /relu: expected/ }).click();
  await expect(editor.canvas.locator('.node[data-selected]')).toHaveCount(1);
  await list.getByRole('button', { name: /^Remove the 3 nodes/ }).click();
  await expect(editor.status).toContainText('No problems');
  await expect(page.locator('.node')).toHaveCount(2);
  expect(await editor.save()).toBe(fresh);
});
