import { chainDocument, faultDocument } from '../documents.ts';
import { expect, test } from '../fixtures.ts';
import type { Editor } from '../pages/editor.ts';

/** Opens one of the documents that were found to break something. */
const openFault = (editor: Editor, name: string): Promise<void> => editor.open(`${name}.espalier`, faultDocument(name));

const selected = (editor: Editor, name: string) => expect(editor.node(name).locator('.node')).toHaveAttribute('data-selected', 'true');

test.beforeEach(async ({ editor }) => {
  await editor.withoutPickers();
});

test('N1 names and selects the first NaN, and shows it as NaN in every table, plot and colour', async ({ editor }) => {
  await openFault(editor, 'partial-nan');
  await editor.run();
  const results = editor.panel('Results');
  await selected(editor, 'sqrt');
  await expect(editor.fact('Run', 'Loss')).toHaveText('NaN');
  await expect(results.getByRole('note')).toContainText('The first value that is not finite is that of sqrt: 19 NaN of 32 numbers.');
  const statistics = results.getByRole('table', { name: 'Value of sqrt: statistics' });
  await expect(statistics.getByRole('row', { name: 'NaN 19 of 32' })).toBeVisible();
  await expect(statistics.getByRole('row', { name: 'norm NaN' })).toBeVisible();
  await expect(results.getByRole('img', { name: /^Value of sqrt: histogram of 32 values .* beside 19 NaN$/ })).toBeVisible();

  await editor.press('Escape');
  const kernel = results.getByRole('row').filter({ has: editor.page.getByRole('button', { name: 'linear1.kernel' }) });
  await expect(kernel).toContainText('60 NaN');
  await expect(results.getByRole('button', { name: /^linear1 19 NaN/ })).toBeVisible();
  await editor.canvas.getByRole('combobox').selectOption({ label: 'Gradient size' });
  await expect(editor.node('linear1')).toContainText('NaN');
  await expect(editor.canvas).toContainText('NaN in 3 places');
});

test('N2 a training that becomes NaN stops, says at which step and where, and its problem selects the node', async ({ editor }) => {
  await openFault(editor, 'nan-training');
  await editor.page.getByRole('button', { name: 'Train', exact: true }).click();
  await editor.idle();
  await editor.tab('Problems');
  const problem = editor.panel('Problems').getByRole('button', { name: /The loss became NaN at step \d+, and training stopped/ });
  await expect(problem).toContainText('The first value that is not finite is that of linear');
  await editor.press('Escape');
  await expect(editor.status).not.toContainText('selected');
  await problem.click();
  await expect(editor.status).toContainText('1 node selected');
});

test('T3 and N5: a run says whose weights it used, and is stale everywhere once they change', async ({ editor }) => {
  await editor.run();
  await expect(editor.fact('Run', 'Weights')).toHaveText('fresh from seed 0');
  await expect(editor.canvas).not.toHaveAttribute('data-stale');
  const steps = editor.page.getByRole('textbox', { name: 'Steps to train' });
  await steps.fill('5');
  await steps.press('Enter');
  await editor.page.getByRole('button', { name: 'Train', exact: true }).click();
  await editor.idle();
  await editor.tab('Results');
  await expect(editor.panel('Results')).toContainText('Stale: the weights have changed since');
  await expect(editor.canvas).toHaveAttribute('data-stale', 'true');
  await editor.run();
  await expect(editor.fact('Run', 'Weights')).toHaveText('trained, step 5');
  await expect(editor.canvas).not.toHaveAttribute('data-stale');
});

test('N3 and N4: calls are counted, and what lies inside of lists and layers is one click away', async ({ editor }) => {
  const results = editor.panel('Results');
  await openFault(editor, 'FID4-repeats');
  await editor.run();
  const list = editor.page.getByRole('tree', { name: 'Module tree' });
  await editor.node('hid').click();
  await editor.inspector.getByRole('button', { name: 'hid[0]' }).click();
  await expect(results.getByRole('table', { name: 'Gradient of hid[0]: statistics' })).toBeVisible();
  await expect(results.getByRole('table', { name: 'Value of hid[0].bias: statistics' })).toBeAttached();

  await openFault(editor, 'F08-shared-twice');
  await editor.run();
  await editor.node('shared').last().click();
  await expect(results.getByRole('article', { name: 'shared, call 2 of 2 output' })).toBeVisible();
  await list.getByRole('treeitem', { name: /^shared / }).click();
  await expect(results.getByRole('article', { name: 'shared, call 1 of 2 output' })).toBeVisible();
  await results.getByRole('article', { name: 'shared, call 2 of 2 output' }).scrollIntoViewIfNeeded();
  await expect(results.getByText('gradient summed over 2 calls').first()).toBeAttached();

  await openFault(editor, 'FID2-attention');
  await editor.run();
  await editor.lens('Structure');
  await list.getByRole('treeitem', { name: /^mha / }).click();
  const heads = results.getByRole('figure', { name: 'Value of mha.attentionWeights: attention weights, query ↓ × key → for each head' });
  await expect(heads.getByRole('button', { name: /^Enlarge head \d$/ })).toHaveCount(4);
  await heads.getByRole('button', { name: 'Enlarge head 2' }).click();
  await expect(results.getByRole('img', { name: 'Value of mha.attentionWeights: heat map, 7 by 7' })).toBeVisible();
  await results.getByRole('button', { name: 'All 4 heads' }).click();
  await expect(heads).toBeVisible();
});

test('of everything that is selected, what is in sight is drawn', async ({ editor }) => {
  await editor.open('chain.espalier', chainDocument(300));
  await editor.run();
  const results = editor.panel('Results');
  await expect(results.getByRole('button', { name: /^layer0 / }).first()).toBeVisible();
  expect(await results.getByRole('row').count()).toBeLessThan(60);
  await editor.canvas.click({ position: { x: 12, y: 200 } });
  await editor.press('Control+a');
  await expect(editor.status).toContainText('302 nodes selected');
  await expect(results.getByRole('article').first()).toBeVisible();
  expect(await results.getByRole('article').count()).toBeLessThan(12);
  await expect(results).toContainText('102 more are left out');
});
