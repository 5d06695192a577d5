import { inheritedDocument } from '../documents.ts';
import { expect, test } from '../fixtures.ts';

test('a large model that somebody else has left, full of faults, is found through, read, grouped and given back as it was', async ({
  editor,
}) => {
  const { page, canvas, inspector } = editor;
  await editor.withoutPickers();
  await editor.open('inherited.espalier', inheritedDocument());
  await expect(editor.status).toContainText(/[1-9]\d* problems/);
  const first = await editor.save();

  // What cannot be built hides nothing: tree, filter and structure have every part by its name.
  const modules = page.getByRole('region', { name: 'Modules' });
  await expect(modules).toContainText('unfinished');
  await expect(modules.getByRole('treeitem', { name: /^backbone/ }).first()).toBeVisible();
  const filter = page.getByRole('combobox', { name: 'Filter modules' });
  await filter.fill('type:FlashAttention3');
  await expect(page.getByRole('form', { name: 'Filter' }).getByRole('status')).toHaveText(/^[1-9]\d* of \d+ modules match$/);
  await editor.lens('Structure');
  await expect(canvas.getByRole('group', { name: /FlashAttention3/ }).first()).toBeAttached();
  await editor.lens('Data flow');

  // Problems speak of what one sees.
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText(/member \S+ of Inherited/);
  await expect(editor.panel('Problems')).not.toContainText('classes.');

  // What moves and removes a setting stands in sight, however long its filter is.
  const panel = (await inspector.boundingBox())!;
  for (const button of await inspector
    .getByRole('list', { name: 'Settings, in order' })
    .getByRole('button', { name: /^Remove/ })
    .all()) {
    const box = (await button.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(panel.x + panel.width);
  }

  await expect(inspector.getByRole('list', { name: 'Views' })).toContainText('deterministic = false on all modules');

  // Five classes deep from a field of text: the keyboard is there, it is lit, and where one is stands whole in the way back.
  await filter.focus();
  await editor.press('Control+f');
  await page.getByRole('combobox', { name: 'Find in all classes' }).fill('linear2');
  await expect(page.getByRole('listbox', { name: 'Found' }).getByRole('option')).toHaveCount(1);
  await editor.press('Enter');
  await expect(editor.node('linear2')).toBeFocused();
  await expect(editor.node('linear2').locator('.node')).toHaveCSS('opacity', '1');
  await expect(editor.node('linear1').locator('.node')).toHaveCSS('opacity', '0.4');
  const way = canvas.getByRole('navigation', { name: 'Open class' });
  const [here, around] = [(await way.getByRole('button', { name: 'Residual' }).boundingBox())!, (await canvas.boundingBox())!];
  expect(here.x + here.width).toBeLessThan(around.x + around.width);
  expect(here.width).toBeGreaterThan(100);
  const row = modules.getByRole('treeitem', { name: /\.linear2/ }).and(modules.locator('[aria-selected="true"]'));
  expect((await row.locator('.tree-name').boundingBox())!.width).toBeGreaterThan(40);

  // All of it becomes a class, inputs and outputs stay, and comes back as it was.
  await filter.fill('');
  await filter.press('Escape');
  await way.getByRole('button', { name: 'Inherited' }).click();
  await canvas.focus();
  await editor.press('Control+a');
  await editor.press('Control+g');
  await expect(editor.undoButton).toHaveAccessibleName(/Group \d+ nodes into a class/);
  await expect(canvas.locator('.react-flow__node-node, .react-flow__node')).toHaveCount(
    3 + (await canvas.locator('.react-flow__node .note').count()),
  );
  while (await editor.undoButton.isEnabled()) await editor.undoButton.click();
  expect(await editor.save()).toBe(first);
});
