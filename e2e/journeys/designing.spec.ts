import { expect, test } from '../fixtures.ts';

test.beforeEach(async ({ editor }) => {
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
});

test('groups layers into a class, which then runs and is emitted as one', async ({ editor }) => {
  await editor.node('linear1').click();
  for (const name of ['batchNorm', 'relu']) await editor.node(name).click({ modifiers: ['Shift'] });
  await editor.press('Control+g');
  await expect(editor.node('block')).toBeVisible();
  await expect(editor.node('relu')).toHaveCount(0);
  await editor.ready('2,474');
  await editor.run();
  await editor.tab('Code');
  await expect(editor.panel('Code')).toContainText('class Block(nnx.Module):');
  await editor.node('block').click();
  await editor.press('Enter');
  await expect(editor.node('relu')).toBeVisible();
  await editor.press('Control+z');
  await expect(editor.node('linear2')).toBeVisible();
  await expect(editor.node('relu')).toBeVisible();
});

test('tells before a run that other data do not fit the model, and what would', async ({ editor }) => {
  await editor.inspector.getByLabel('Data source').selectOption('iris.csv');
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText('(batch, 4)');
  await editor.press('Control+z');
  await expect(editor.status).toContainText('No problems');
});

test('keeps a second mode of the same weights as a view, in the code and undoable', async ({ editor }) => {
  await editor.page.getByRole('combobox', { name: 'Filter modules' }).fill('Dropout');
  await editor.page.getByRole('button', { name: 'Keep as a view' }).click();
  const views = editor.inspector.getByRole('list', { name: 'Views' });
  await expect(views).toContainText('deterministic = true on Dropout');
  await expect(editor.node('dropout')).toContainText('train');
  await views.getByRole('textbox').fill('evalModel');
  await views.getByRole('textbox').press('Enter');
  await editor.tab('Code');
  await editor
    .panel('Code')
    .locator('.cm-scroller')
    .evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await expect(editor.panel('Code')).toContainText('eval_model = nnx.with_attributes(model, only=nnx.Dropout, deterministic=True)');
  await views.getByRole('button', { name: 'Remove view evalModel' }).click();
  await expect(views).toHaveCount(0);
});
