import { faultDocument } from '../documents.ts';
import { expect, test } from '../fixtures.ts';

test('a run is diagnosed: what is wrong stands under Problems with its place and a fix, and a sound model is left in peace', async ({
  editor,
}) => {
  const problems = editor.panel('Problems');
  const found = problems.getByRole('list', { name: 'Found in the run' });

  await editor.ready('2,474');
  await editor.menu('Run', /^Run and Diagnose/);
  await editor.idle();
  await expect(problems.getByRole('heading', { name: 'After the run' })).toBeVisible();
  await expect(problems).toContainText(/\d+ of 28 diagnoses had something to look at; nothing is found\./);
  await expect(found).toHaveCount(0);

  await editor.withoutPickers();
  await editor.open('F10.espalier', faultDocument('F10-batchnorm-batch1'));
  await editor.press('Control+Shift+D');
  await editor.idle();
  const norm = found.getByRole('button', { name: /^Error bn \(BatchNorm\) takes mean and variance of a single number/ });
  await expect(norm).toContainText('norm/batch-of-one');
  await norm.click();
  await expect(editor.node('bn').locator('.node')).toHaveAttribute('data-selected', 'true');
  // It stands where it is: on the node, in the tree, and along depth.
  await expect(editor.node('bn')).toHaveAccessibleName(/found in the run: bn \(BatchNorm\) takes mean and variance/);
  await expect(editor.node('bn').getByRole('img', { name: /^Found in the run: bn/ })).toBeVisible();
  await expect(editor.page.getByRole('treeitem', { name: /^bn .*the run found an error$/ })).toBeVisible();
  await editor.press('Escape');
  await editor.tab('Results');
  await expect(editor.panel('Results').getByRole('button', { name: /^bn Found in the run/ })).toBeVisible();
  await editor.tab('Problems');

  await found.getByRole('button', { name: 'Set the batch size to 32' }).click();
  await expect(problems).toContainText('The document has changed since');
  await expect(editor.node('bn')).not.toHaveAccessibleName(/found in the run/);
  await editor.menu('Run', /^Run and Diagnose/);
  await editor.idle();
  await expect(found.getByRole('button', { name: /BatchNorm/ })).toHaveCount(0);
  await expect(problems).not.toContainText('The document has changed since');
  await editor.menu('Edit', /^Undo Set the batch size to 32/);
  await expect(problems).toContainText('The document has changed since');
});
