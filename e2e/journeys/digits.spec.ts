import { expect, test } from '../fixtures.ts';
import { type Editor, readNumber } from '../pages/editor.ts';
import { digitsTrace, digitsTraining, find, statistics, type Tensor } from '../recorded.ts';

/** Four significant digits are shown. */
const SHOWN = 6e-4;

function expectShown(seen: number, expected: number, what: string): void {
  expect(Math.abs(seen - expected), `${what}: ${seen} on the screen, ${expected} from Flax`).toBeLessThanOrEqual(
    SHOWN * Math.abs(expected) + 1e-9,
  );
}

async function expectStatistics(editor: Editor, of: string, recorded: Tensor): Promise<void> {
  for (const [name, expected] of Object.entries(statistics(recorded)))
    expectShown(await editor.statistic(of, name), expected, `${name} of ${of}`);
}

test.beforeEach(async ({ editor }) => {
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
});

test('opens on an example and offers the others', async ({ editor }) => {
  await expect(editor.page.getByRole('heading', { level: 1 })).toHaveText('Digits classifier');
  await editor.openExample('Model');
  await editor.ready('25');
  await editor.openExample('Block with SubModule');
  await editor.ready('85');
  await editor.lens('Structure');
  const boxes = editor.canvas.getByRole('group').filter({ has: editor.page.locator('.module') });
  await expect(boxes).toHaveCount(7);
  for (const name of [
    'batchNorm, BatchNorm',
    'dropout, Dropout',
    'linear, Linear',
    'submodule.linear1, Linear',
    'submodule.linear2, Linear',
    'submodule, SubModule',
    '(root), Block',
  ]) {
    await expect(editor.canvas.getByRole('group', { name, exact: true })).toBeVisible();
  }
  // One stop of Tab, from which arrows walk the tree.
  await expect(editor.canvas.locator('.react-flow__node[tabindex="0"]')).toHaveCount(1);
  const box = (name: string) => editor.canvas.getByRole('group', { name, exact: true });
  await box('(root), Block').focus();
  for (const [key, name] of [
    ['ArrowRight', 'batchNorm, BatchNorm'],
    ['End', 'submodule, SubModule'],
    ['ArrowRight', 'submodule.linear1, Linear'],
    ['ArrowDown', 'submodule.linear2, Linear'],
    ['ArrowLeft', 'submodule, SubModule'],
    ['ArrowUp', 'linear, Linear'],
  ] as const) {
    await editor.press(key);
    await expect(box(name)).toBeFocused();
  }
  await editor.press('Enter');
  await expect(editor.inspector).toContainText('linear');
  await expect(editor.canvas.locator('.react-flow__node[tabindex="0"]')).toHaveCount(1);
});

test('shows the module tree of the live Module, and flips its modes', async ({ editor }) => {
  await editor.lens('Structure');
  await expect(editor.node('linear1')).toContainText('2,080');
  await expect(editor.node('dropout')).toContainText('deterministicfalse');
  await expect(editor.node('batchNorm')).toContainText('useRunningAveragefalse');
  await editor.mode('Eval');
  await expect(editor.node('dropout')).toContainText('deterministictrue');
  await expect(editor.node('batchNorm')).toContainText('useRunningAveragetrue');
  await editor.press('Control+z');
  await expect(editor.node('dropout')).toContainText('deterministicfalse');
  await editor.press('Control+Shift+z');
  await expect(editor.node('dropout')).toContainText('deterministictrue');
  await editor.lens('Data flow');
  await expect(editor.node('dropout')).toContainText('eval');
  await expect(editor.node('linear1')).not.toContainText('eval');
});

test('filters modules and sets an attribute on just those', async ({ editor }) => {
  const bar = editor.page.getByRole('form', { name: 'Filter' });
  await bar.getByRole('combobox', { name: 'Filter modules' }).fill('Dropout or path:batchNorm');
  await expect(bar.getByRole('status')).toHaveText('2 of 5 modules match');
  await expect(editor.node('dropout').locator('.node')).toHaveAttribute('data-match', 'yes');
  await expect(editor.node('linear1').locator('.node')).toHaveAttribute('data-match', 'no');

  await bar.getByRole('combobox', { name: 'Filter modules' }).fill('not type:Linear and path:dropout');
  await expect(bar.getByRole('status')).toHaveText('1 of 5 modules match');
  await bar.getByLabel('Attribute to set').selectOption('deterministic');
  await bar.getByRole('button', { name: 'Set on matches' }).click();
  await expect(editor.node('dropout')).toContainText('eval');
  await expect(editor.node('batchNorm')).toContainText('train');

  await editor.tab('Code');
  await expect(editor.panel('Code')).toContainText('model.set_attributes(');
  await editor.undoButton.click();
  await expect(editor.node('dropout')).toContainText('train');

  await bar.getByRole('combobox', { name: 'Filter modules' }).fill('all(Linear,');
  await expect(bar.getByRole('status')).toContainText('Expected');
});

test('adds a layer, wires it, edits it, deletes it, and takes everything back', async ({ editor }) => {
  await editor.dragFromPalette('Linear', 420, 60);
  await expect(editor.node('linear')).toBeVisible();
  await editor.connect('x', 'linear');
  await expect(editor.wire(/^Wire from x to linear,/)).toBeAttached();

  // Its output is 64 wide by default; linear2 expects 32.
  await editor.connect('linear', 'linear2');
  await expect(editor.node('linear2').getByRole('img', { name: /32/ })).toBeVisible();
  await editor.node('linear').click();
  await editor.inspector.getByRole('textbox', { name: 'outFeatures' }).fill('32');
  await editor.page.keyboard.press('Enter');
  await expect(editor.node('linear2').getByRole('img', { name: /Expected/ })).toHaveCount(0);
  await expect(editor.wire(/, \(batch, 32\)$/)).toBeVisible();

  await editor.node('linear').click();
  await editor.press('Delete');
  await expect(editor.node('linear')).toHaveCount(0);
  while (await editor.undoButton.isEnabled()) await editor.undoButton.click();
  await expect(editor.node('linear')).toHaveCount(0);
  await expect(editor.wire(/perturb dropped, sow dropped/)).toBeVisible();
  while (await editor.redoButton.isEnabled()) await editor.redoButton.click();
  await expect(editor.node('linear')).toHaveCount(0);
  await editor.press('Control+z');
  await expect(editor.node('linear')).toBeVisible();
});

test('probes a wire under a name of its own', async ({ editor }) => {
  await editor.wire(/, \(batch, 64\)$/).click();
  await editor.inspector.getByRole('switch', { name: 'Sow' }).click();
  await editor.inspector.getByRole('textbox', { name: 'Sow name' }).fill('pixels');
  await editor.page.keyboard.press('Enter');
  await expect(editor.wire(/\(batch, 64\), sow pixels$/)).toBeVisible();
  await editor.tab('Code');
  await expect(editor.panel('Code')).toContainText("self.sow(nnx.Intermediate, 'pixels', x)");
});

for (const mode of ['train', 'eval'] as const) {
  test(`runs forward and backward in ${mode} mode and shows Flax's numbers`, async ({ editor }) => {
    const recorded = digitsTrace(mode);
    if (mode === 'eval') await editor.mode('Eval');
    await editor.run();
    await expect(editor.status).toContainText('WebGL');
    expectShown(readNumber(await editor.fact('Run', 'Loss').innerText()), recorded.loss.data[0]!, 'loss');
    for (const [name, node] of [
      ['hidden', 'linear1'],
      ['normed', 'batchNorm'],
      ['active', 'relu'],
      ['dropped', 'dropout'],
      ['logits', 'linear2'],
    ] as const) {
      await editor.wire(new RegExp(`perturb ${name}, sow ${name}`)).click();
      await expectStatistics(editor, `Value of ${node}`, find(recorded.sowed, name));
      await expectStatistics(editor, `Gradient of ${node}`, find(recorded.perturb_grads, name));
    }
    await editor.node('linear2').click();
    await expectStatistics(editor, 'Gradient of linear2.kernel', find(recorded.grad_params, 'linear2/kernel'));
    await expect(editor.page.getByRole('img', { name: /^Value of linear2\.kernel: heat map, 32 by 10/ })).toBeVisible();
    await expect(editor.page.getByRole('img', { name: /^Gradient of linear2\.kernel: histogram of 320 values/ })).toBeVisible();
  });
}

test('marks results as stale when the model changes', async ({ editor }) => {
  await editor.run();
  await editor.mode('Eval');
  await expect(editor.panel('Results')).toContainText('Stale');
  await editor.press('Control+z');
  await expect(editor.panel('Results')).not.toContainText('Stale');
});

test("trains with Flax's losses, live, and can be stopped and continued", async ({ editor }) => {
  const recorded = digitsTraining();
  const steps = editor.page.getByRole('textbox', { name: 'Steps to train' });
  await steps.fill('5');
  await steps.press('Enter');
  await editor.page.getByRole('button', { name: 'Train', exact: true }).click();
  await editor.tab('Training');
  await expect(editor.fact('Training', 'Step')).toHaveText('5 of 5', { timeout: 60_000 });
  await editor.idle();
  expectShown(readNumber(await editor.fact('Training', 'Loss').innerText()), recorded.losses.data.at(-1)!, 'loss of step 5');
  expectShown(
    readNumber(await editor.fact('Training', 'Test accuracy').innerText()),
    recorded.test_accuracy[0]! * 100,
    'test accuracy after 5 steps',
  );

  await steps.fill('100000');
  await steps.press('Enter');
  await editor.page
    .getByRole('group', { name: 'Run', exact: true })
    .getByRole('button', { name: /Train|Continue/ })
    .click();
  await expect(editor.page.getByRole('status', { name: 'Run status' })).toContainText('Training');
  await editor.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await editor.idle();
  const step = readNumber((await editor.fact('Training', 'Step').innerText()).split(' ')[0]!);
  expect(step).toBeLessThan(100_000);
});
