/** @file Classes of one's own: grouped and taken apart, called again or duplicated, repeated, entered and left, several nodes edited at once. */
import { chainDocument } from '../documents.ts';
import { expect, test } from '../fixtures.ts';

test('a selection becomes a class and comes back exactly as it was, by two keys', async ({ editor }) => {
  const { canvas } = editor;
  await editor.withoutPickers();
  const before = JSON.parse(await editor.save());
  await editor.node('linear1').click();
  await editor.node('batchNorm').click({ modifiers: ['Shift'] });
  await editor.press('Control+g');
  await expect(canvas.locator('.node[data-family="class"]')).toHaveCount(1);
  await expect(editor.node('linear1')).toHaveCount(0);
  // In, and out again by Escape, which leaves the call selected.
  await editor.press('Enter');
  await expect(editor.node('linear1')).toBeVisible();
  await editor.press('Escape');
  await expect(canvas.locator('.node[data-family="class"][data-selected]')).toHaveCount(1);
  await editor.press('Control+Shift+g');
  await expect(canvas.locator('.node[data-family="class"]')).toHaveCount(0);
  await expect(editor.undoButton).toHaveAccessibleName(/Ungroup/);
  const after = JSON.parse(await editor.save());
  const model = (document: typeof before) => document.classes[document.root.class];
  const ends = (document: typeof before) =>
    Object.values<{ from: object; to: object }>(model(document).wires)
      .map(({ from, to }) => JSON.stringify([from, to]))
      .sort();
  expect(Object.keys(after.classes)).toEqual(Object.keys(before.classes));
  expect(model(after).members).toEqual(model(before).members);
  expect(model(after).nodes).toEqual(model(before).nodes);
  expect(model(after).layout).toEqual(model(before).layout);
  expect(ends(after)).toEqual(ends(before));
  expect(after.settings).toEqual(before.settings);
});

test('“call again” shares weights and “duplicate” makes new ones, under distinct words', async ({ editor }) => {
  const { page, canvas } = editor;
  await editor.node('linear2').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: /Duplicate \(New Weights\)/ })).toBeVisible();
  await page.getByRole('menuitem', { name: /Call Again \(Share Weights\)/ }).click();
  await expect(editor.node('linear2')).toHaveCount(2);
  await expect(canvas.getByLabel('Shared weights: called more than once').first()).toBeVisible();
  await expect(editor.status).toContainText('2,474 parameters');
  await editor.press('Control+z');
  await editor.node('linear2').click();
  await editor.press('Control+d');
  await expect(editor.node('linear3')).toHaveCount(1);
  await expect(editor.node('linear2')).toHaveCount(1);
});

test('a class is repeated by a command, and each item of the list looked at', async ({ editor }) => {
  const { page, canvas } = editor;
  await editor.node('linear1').click();
  await editor.press('Control+g');
  await editor.press('r');
  await page.getByRole('textbox', { name: 'Times' }).fill('0');
  await expect(page.getByText('Expected a whole number from 1 to 1000, got 0.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Times' }).fill('3');
  await page.keyboard.press('Enter');
  await expect(canvas.getByText('×3')).toBeVisible();
  await expect(editor.undoButton).toHaveAccessibleName(/Repeat block 3 times/);
  await editor.press('Enter');
  const item = canvas.getByLabel('Item of block');
  await expect(item).toHaveValue('0');
  await item.selectOption('1');
  await expect(canvas.getByRole('navigation', { name: 'Open class' })).toContainText('block[1]');
  await expect(editor.wire(/Wire from x.*32/).first()).toBeVisible();
  await canvas.getByLabel('Data flow').click({ position: { x: 30, y: 320 } });
  await editor.press('Backspace');
  await expect(canvas.getByText('×3')).toBeVisible();
  await editor.press('Shift+r');
  await expect(canvas.getByText('×3')).toHaveCount(0);
});

test('blocks that are alike in a row are found and folded into a list, in one step that is undone', async ({ editor }, info) => {
  const { page, canvas, inspector } = editor;
  await editor.withoutPickers();
  await editor.open('chain.espalier', chainDocument(18));
  const alike = inspector.getByRole('list', { name: 'Alike in a row' });
  await expect(alike).toContainText('6 × (Linear, LayerNorm, Dropout) alike in a row.');
  const parameters = await editor.status.getByText(/parameters$/).innerText();
  await page.screenshot({ path: info.outputPath('alike.png') });
  await editor.node('layer7').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Fold 6 × \(Linear, LayerNorm, Dropout\) alike in a row into a List/ }).click();
  await expect(canvas.getByText('×6')).toBeVisible();
  await expect(editor.node('blocks')).toBeFocused();
  await expect(canvas.locator('.react-flow__node .node')).toHaveCount(3);
  await expect(editor.status).toContainText(parameters);
  await expect(editor.status).toContainText('No problems');
  await editor.press('Control+z');
  await expect(canvas.getByText('×6')).toHaveCount(0);
  await expect(editor.node('layer7')).toBeVisible();
  // The inspector does the same, of the row of what is selected.
  await editor.node('layer7').click();
  await alike.getByRole('button', { name: 'Fold into a list ×6' }).click();
  await expect(canvas.getByText('×6')).toBeVisible();
  await page.screenshot({ path: info.outputPath('folded.png') });
});

test('a parameter that several nodes have is set on all of them in one step', async ({ editor }) => {
  const { inspector } = editor;
  await editor.withoutPickers();
  await editor.node('linear1').click();
  await editor.node('linear2').click({ modifiers: ['Shift'] });
  await expect(inspector.getByText('2 nodes selected')).toBeVisible();
  await expect(inspector.getByText('mixed').first()).toBeVisible();
  await editor.set('outFeatures', '10');
  await expect(editor.undoButton).toHaveAccessibleName(/Set outFeatures of 2 nodes/);
  const { classes, root } = JSON.parse(await editor.save());
  const linears = classes[root.class].members.filter(({ type }: { type: string }) => type === 'Linear');
  expect(linears.map(({ args }: { args: { outFeatures: number } }) => args.outFeatures)).toEqual([10, 10]);
  await editor.press('Control+z');
  await expect(inspector.getByText('mixed').first()).toBeVisible();
});
