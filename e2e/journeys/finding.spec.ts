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
  // The next and the one before without the dialog, round and round.
  await editor.press('Control+f');
  await expect(field).toHaveValue('rate=0.2');
  await page.keyboard.type('linear');
  await expect(field).toHaveValue('linear');
  await expect(page.getByRole('listbox', { name: 'Found' }).getByRole('option').nth(1)).toBeVisible();
  await editor.press('Enter');
  const place = page.getByRole('status', { name: 'Found' });
  await expect(place).toHaveText(/^1 of (\d+) for “linear”$/);
  await editor.press('F3');
  await expect(place).toHaveText(/^2 of /);
  await editor.press('Shift+F3');
  await editor.press('Shift+F3');
  await expect(place).toHaveText(/^(\d+) of \1 for/);
  // From a field of text, too, the keyboard goes to what was found.
  await page.getByRole('combobox', { name: 'Filter modules' }).focus();
  await editor.press('Control+f');
  await field.fill('Dropout rate');
  await expect(page.getByRole('listbox', { name: 'Found' }).getByRole('option')).toHaveCount(1);
  await editor.press('Enter');
  await expect(editor.node('dropout')).toBeFocused();
  await editor.press('Control+f');
  await field.fill('no such thing');
  await expect(page.getByRole('dialog', { name: 'Find' }).getByRole('status')).toContainText('Nothing has these letters');
  await editor.press('Escape');
  await expect(field).toHaveCount(0);
});

test('L highlights all that feeds a node, Shift+L all that it feeds, with the selection as it was; Alt+U selects it', async ({
  editor,
}) => {
  await editor.ready('2,474');
  const dimmed = editor.canvas.locator('.node[data-dim]');
  const said = editor.page.getByRole('status', { name: 'Highlighted' });
  await editor.node('batchNorm').click();
  await editor.press('l');
  await expect(said).toHaveText('2 upstream of batchNorm');
  await expect(editor.status).toContainText('1 node selected');
  await expect(dimmed).toHaveCount(4);
  await editor.press('Shift+L');
  await expect(said).toHaveText('4 downstream of batchNorm');
  await expect(dimmed).toHaveCount(2);
  // A click looks at what is highlighted, and ends nothing.
  await editor.node('dropout').click();
  await expect(dimmed).toHaveCount(2);
  await editor.press('Escape');
  await expect(dimmed).toHaveCount(0);
  await expect(said).toHaveText('');
  await expect(editor.status).toContainText('1 node selected');
  await editor.press('Alt+Shift+U');
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

test('the filter bar asks by type, path, shape, size and attribute, completes, selects, and probes in one step', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  await editor.press('Control+Shift+f');
  const field = page.getByRole('combobox', { name: 'Filter modules' });
  const options = page.getByRole('listbox', { name: 'Completions' });
  const bar = page.getByRole('form', { name: 'Filter' });
  await expect(field).toBeFocused();
  await page.keyboard.type('type:Li');
  await expect(options.getByRole('option')).toHaveText([/^type:Linear/]);
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('type:Linear');
  await page.keyboard.type(' and params>1k');
  await expect(bar).toContainText('1 of 5 modules match');
  await page.keyboard.press('Enter');
  await expect(editor.inspector).toContainText('linear1');
  await field.fill('attr:det');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('attr:deterministic');
  await expect(bar).toContainText('1 of 5 modules match');
  await field.fill('shape:(…,10)');
  await expect(bar).toContainText('modules match');
  await field.fill('params>');
  await expect(bar).toContainText('Expected a number such as 1000, 10k or 1.5M at column 8, got the end.');
  await field.fill('Linear');
  await bar.getByRole('button', { name: 'Probe matches' }).click();
  // The example probes them already.
  await expect(page.getByText('Each match is probed, or is called nowhere.')).toBeVisible();
  await expect(editor.undoButton).toBeDisabled();
});

test('tree and canvas select alike, in both lenses; the tree is ordered as the data flows, and marks problems', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  const tree = page.getByRole('tree', { name: 'Module tree' });
  const row = (name: string) => tree.getByRole('treeitem', { name: new RegExp(`^${name} `) });
  await editor.node('dropout').click();
  await expect(row('dropout')).toHaveAttribute('aria-selected', 'true');
  await row('linear2').click();
  await expect(row('dropout')).toHaveAttribute('aria-selected', 'false');
  await expect(editor.status).toContainText('1 node selected');
  await expect(editor.inspector.getByRole('textbox', { name: 'outFeatures' })).toBeVisible();
  await editor.lens('Structure');
  await expect(editor.status).toContainText('1 module selected');
  await expect(row('linear2')).toHaveAttribute('aria-selected', 'true');
  await editor.lens('Data flow');
  await expect(editor.status).toContainText('1 node selected');
  await page.getByRole('button', { name: 'Order by data flow' }).click();
  await expect(tree.getByRole('treeitem')).toHaveText([/Classifier/, /^linear1/, /^batchNorm/, /^dropout/, /^linear2/]);

  // A problem is marked where it arises, and on what is folded around it.
  await editor.set('inFeatures', '7');
  await expect(tree.getByRole('treeitem', { name: /^linear2 .*has a problem/ })).toBeVisible();
  await row('linear2').press('ArrowLeft');
  await expect(row('\\(root\\)')).toHaveAttribute('aria-selected', 'true');
  await row('\\(root\\)').press('ArrowLeft');
  await expect(tree.getByRole('treeitem')).toHaveCount(1);
  await expect(tree.getByRole('treeitem', { name: /1 module within has a problem/ })).toBeVisible();

  // What is selected is unfolded, as by an undo; a Module of another class opens that class.
  await editor.press('Control+z');
  await expect(row('linear2')).toHaveAttribute('aria-selected', 'true');
  await editor.openExample('Block with SubModule');
  await editor.node('submodule').click();
  await expect(row('submodule')).toHaveAttribute('aria-selected', 'true');
  await row('submodule\\.linear1').click();
  await expect(page.getByRole('navigation', { name: 'Open class' }).getByRole('button', { name: /submodule/ })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(editor.status).toContainText('1 node selected');
});
