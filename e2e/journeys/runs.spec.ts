/** @file Runs are kept, chosen and told apart (issue 9). */
import { expect, test } from '../fixtures.ts';

test('every run is kept: chosen rows, an older one looked at again, its name, and why it is stale', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  await editor.run();
  const loss = await editor.fact('Run', 'Loss').innerText();

  await test.step('the next run is on three rows of another batch', async () => {
    await page.getByRole('button', { name: 'Run on: batch 0' }).click();
    const form = page.getByRole('dialog', { name: 'What the next run is on' });
    await form.getByRole('textbox', { name: 'Batch to run' }).fill('3');
    await page.keyboard.press('Enter');
    const rows = form.getByRole('textbox', { name: 'Rows to run' });
    await rows.fill('some');
    await page.keyboard.press('Enter');
    await expect(form.getByRole('alert')).toHaveText(/rows such as 3-6/);
    await rows.fill('4-6');
    await page.keyboard.press('Enter');
    await expect(rows).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Run on: batch 3, rows 4-6' })).toBeVisible();
    await editor.run();
    await editor.node('linear2').click();
    const shape = page.getByRole('table', { name: 'Value of linear2: statistics' }).getByRole('row', { name: /^shape/ });
    await expect(shape).toHaveText(/\(3, 10\)/);
    await expect(page.getByRole('img', { name: /^Value of linear2: histogram of 30 values/ })).toBeVisible();
  });

  await test.step('both are in the list, and a click looks at the first again, plots and all', async () => {
    await editor.tab('Runs');
    const table = page.getByRole('table', { name: 'Runs' });
    await expect(table.getByRole('row', { name: /^Run 2 shown/ })).toContainText('3, rows 4 to 6');
    await table.getByRole('button', { name: 'Run 1', exact: true }).click();
    await table.getByRole('button', { name: 'Rename Run 1' }).click();
    await table.getByRole('textbox', { name: 'Name of the run' }).fill('whole batch');
    await page.keyboard.press('Enter');
    await expect(table.getByRole('row', { name: /^whole batch shown/ })).toHaveAttribute('aria-current', 'true');
    await editor.tab('Results');
    await expect(editor.fact('Run', 'Loss')).toHaveText(loss);
    await expect(page.getByRole('img', { name: /^Value of linear2: histogram of 640 values/ })).toBeVisible();
  });

  await test.step('training makes both stale, an edit says that the model is another, and forgetting leaves the other one', async () => {
    await editor.train(2);
    await editor.tab('Runs');
    const table = page.getByRole('table', { name: 'Runs' });
    await expect(table.getByRole('row', { name: /^whole batch/ })).toContainText('other weights');
    await editor.mode('Eval');
    await expect(table.getByRole('row', { name: /^Run 2/ })).toContainText('other model');
    await table.getByRole('button', { name: 'Pin Run 2' }).click();
    await expect(table.getByRole('button', { name: 'Unpin Run 2' })).toHaveAttribute('aria-pressed', 'true');
    await table.getByRole('button', { name: 'Forget whole batch' }).click();
    await expect(table.getByRole('row')).toHaveCount(2);
    await expect(table.getByRole('row', { name: /^Run 2 shown/ })).toBeVisible();
  });
});

test('a value is changed for one run, and the run compared with the one before: in a table, beside the numbers, on the canvas, in pins', async ({
  editor,
}) => {
  const { page } = editor;
  await editor.ready('2,474');
  await editor.mode('Eval');
  await editor.run();
  await editor.wire(/^Wire from relu/).click();
  await page.getByRole('button', { name: 'Pin value of relu' }).click();
  const pins = page.getByRole('list', { name: 'Pinned values' });
  await expect(pins).toContainText('first run on these rows');

  await test.step('the value of a wire is doubled, said where the run is started and in its record', async () => {
    await editor.inspector.getByRole('combobox', { name: 'Change for the next run' }).selectOption('scale');
    await expect(page.getByRole('button', { name: 'Run on: batch 0, 1 change' })).toBeVisible();
    await editor.run();
    await expect(pins).toContainText('100 % changed, size ×2 since Run 1');
    await editor.tab('Runs');
    const table = page.getByRole('table', { name: 'Runs' });
    await expect(table.getByRole('row', { name: /^Run 2 shown/ })).toContainText('relu scaled by 2');
    await table.getByRole('button', { name: 'Compare with Run 1' }).click();
  });

  await test.step('the largest difference is first, and leads to its place', async () => {
    await editor.tab('Compare');
    const panel = editor.panel('Compare');
    await expect(panel).toContainText('values changed by hand');
    const rows = panel.getByRole('table', { name: 'Differences of two runs' }).getByRole('row');
    await expect(rows.filter({ hasText: 'relu' }).first()).toContainText(/100 %\s*×2/);
    await expect(rows.filter({ hasText: 'linear1' }).first()).toContainText('same');
    await rows.filter({ hasText: 'batchNorm' }).first().getByRole('button').click();
    await editor.tab('Results');
    await expect(page.getByRole('table', { name: 'Value of batchNorm: statistics' })).toContainText('Run 1');
  });

  await test.step('the canvas shows it against the other run', async () => {
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('changeOfValues');
    await expect(page.getByRole('img', { name: /^Scale from ÷2 to ×2/ })).toBeVisible();
  });
});
