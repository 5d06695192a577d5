/** @file What is there becomes something else, and the wires stay. */
import { violations } from '../axe.ts';
import { expect, test } from '../fixtures.ts';
import { drawn, savedWires } from '../wired.ts';

const PARTS = [
  { id: 'head', type: 'Linear', args: { outFeatures: 8, useBias: false } },
  { id: 'sum', type: 'add' },
  { id: 'act', type: 'relu' },
];
const WIRES = ['x head.x', 'head sum.a', 'x sum.b', 'sum act.x', 'act y.in'];

test('replaces a node, and several, by another type: wires, names and arguments that fit stay, the others are named', async ({
  editor,
}) => {
  await editor.withoutPickers();
  await editor.open('drawn.espalier', drawn(PARTS, WIRES));
  const { page } = editor;
  const field = page.getByRole('combobox', { name: /^Replace/ });

  // By key, with a typed argument; the name that a person gave stays, and so does what both types know.
  await editor.node('head').click();
  await editor.press('Shift+s');
  await expect(field).toHaveAccessibleName('Replace head by');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type('LinearGeneral 8');
  await page.keyboard.press('Enter');
  await expect(editor.node('head')).toContainText('LinearGeneral');
  await expect(editor.node('head')).toBeFocused();
  await expect(editor.status).toContainText('No problems');
  await expect(editor.inspector.getByRole('switch', { name: 'useBias' })).not.toBeChecked();

  // By menu: an op with fewer inputs says which wire it has no port for.
  await editor.node('add').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Replace by/ }).click();
  await page.keyboard.type('tanh');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Replaced add by tanh, without a wire that has no port there: x → tanh.')).toBeVisible();
  expect(savedWires(await editor.save())).toEqual(['head tanh.x', 'relu y.in', 'tanh relu.x', 'x head.x']);

  // Several at once, and one step back for each.
  await editor.node('relu').click({ modifiers: ['Shift'] });
  await editor.press('Shift+s');
  await expect(field).toHaveAccessibleName('Replace 2 nodes by');
  await page.keyboard.type('gelu');
  await page.keyboard.press('Enter');
  await expect(editor.node('gelu')).toHaveCount(2);
  await expect(editor.undoButton).toHaveAccessibleName(/Replace 2 nodes by gelu/);
  await editor.press('Control+z');
  await editor.press('Control+z');
  await expect(editor.node('add')).toBeVisible();
  await editor.press('Control+z');
  await expect(editor.undoButton).toBeDisabled();
  expect(savedWires(await editor.save())).toEqual(['add relu.x', 'head add.a', 'relu y.in', 'x add.b', 'x head.x']);
});

test('takes a node of several inputs out, and leads on what agrees; sets arguments of a class on several calls at once', async ({
  editor,
}) => {
  await editor.withoutPickers();
  const wide = [...PARTS, { id: 'row', type: 'mean', args: { axis: [0] } }];
  await editor.open('drawn.espalier', drawn(wide, ['x row.x', 'x head.x', 'row sum.a', 'head sum.b', 'sum act.x', 'act y.in']));
  const { page } = editor;
  await editor.node('add').click();
  await editor.press('Control+Delete');
  await expect(page.getByText('Of the inputs of add, b goes on: its shape agrees.')).toBeVisible();
  expect(savedWires(await editor.save())).toEqual(['head relu.x', 'relu y.in', 'x head.x', 'x mean.x']);
  await editor.press('Control+z');

  await editor.node('relu').click();
  await editor.press('Shift+a');
  await page.keyboard.type('class Block width=8 > Block > Block');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await editor.node('block').click();
  await editor.node('block1').click({ modifiers: ['Shift'] });
  await editor.set('width', '16');
  const { classes } = JSON.parse(await editor.save()) as { classes: Record<string, { name: string; members: { args: object }[] }> };
  const net = Object.values(classes).find(({ name }) => name === 'Net')!;
  expect(net.members.slice(-3).map(({ args }) => args)).toEqual([{ width: 16 }, { width: 16 }, {}]);
  await expect(editor.undoButton).toHaveAccessibleName(/Set width of 2 nodes/);
});

test('bypasses nodes, which then pass their input on, in the run and in the code; says why where shapes differ', async ({ editor }) => {
  const { page } = editor;
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
  await editor.node('relu').click();
  await editor.press('b');
  await expect(editor.node('relu')).toHaveAccessibleName(/^relu, op, bypassed/);
  await editor.node('dropout').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Bypass/ }).click();
  await expect(editor.undoButton).toHaveAccessibleName(/Bypass dropout/);
  await expect(editor.status).toContainText('2,474 parameters');
  await expect(editor.status).toContainText('No problems');
  expect(await violations(page)).toEqual([]);

  await editor.run();
  const means = async (node: string) => {
    await editor.node(node).click();
    return editor.statistic(`Value of ${node}`, 'mean');
  };
  expect(await means('relu')).toBe(await means('batchNorm'));
  await editor.tab('Code');
  await expect(editor.panel('Code')).toContainText('self.dropout = nnx.Dropout(');
  await expect(editor.panel('Code')).not.toContainText('nnx.relu(');

  await editor.node('linear1').click();
  await editor.inspector.getByRole('switch', { name: 'Bypass' }).click();
  await expect(page.getByText(/linear1 was not bypassed\. Expected an input that agrees with the output y, \(batch, 32\)/)).toBeVisible();
  await editor.node('dropout').click();
  await editor.press('b');
  await expect(editor.node('dropout')).not.toHaveAccessibleName(/bypassed/);
});
