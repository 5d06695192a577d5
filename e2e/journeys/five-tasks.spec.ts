import { Counted } from '../pages/counted.ts';
import type { Editor } from '../pages/editor.ts';
import { expect, test } from '../fixtures.ts';

/** The emitted code, all of it. */
async function code(editor: Editor): Promise<string> {
  const [download] = await Promise.all([editor.page.waitForEvent('download'), editor.menu('File', /^Save Code/)]);
  const stream = await download.createReadStream();
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** The training runs; it is stopped once it has made some steps. */
async function trains(editor: Editor): Promise<void> {
  const state = editor.page.getByRole('status', { name: 'Run status' });
  await expect(state).toHaveText(/Training: step ([3-9]|\d\d+) of 100|Ready/, { timeout: 120_000 });
  const stop = editor.page.getByRole('button', { name: 'Stop', exact: true });
  if (await stop.isEnabled()) await stop.click();
  await editor.idle();
  await expect(editor.fact('Training', 'Step')).toHaveText(/^([3-9]|\d\d+) of/);
}

// Four layers of attention compile for long where WebGL is drawn by a program.
test.setTimeout(300_000);

test.beforeEach(async ({ editor }) => {
  await editor.withoutPickers();
  await editor.press('Control+n');
  await expect(editor.node('x')).toBeVisible();
});

test('an MLP on iris in 18 actions', async ({ editor }) => {
  const user = new Counted(editor);
  await user.choose(editor.inspector.getByLabel('Data source'), 'iris.csv');
  await user.click(editor.inspector.getByRole('button', { name: 'Fit the model to the data' }));
  await user.press('Shift+A');
  await user.lines('Linear 64', 'relu', 'Linear 32', 'relu', 'Linear 3');
  await user.press('Escape');
  await expect(editor.node('linear2')).toBeFocused();
  await user.click(editor.page.getByRole('button', { name: 'Train', exact: true }));
  expect(user.actions).toBeLessThanOrEqual(18);
  await trains(editor);
  await expect(editor.status).toContainText('No problems');
  const text = await code(editor);
  for (const line of [
    'self.linear = nnx.Linear(4, 64, rngs=rngs)',
    'self.linear1 = nnx.Linear(64, 32, rngs=rngs)',
    'self.linear2 = nnx.Linear(32, 3, rngs=rngs)',
  ])
    expect(text).toContain(line);
});

test('the same by keyboard alone in 18 actions', async ({ editor }) => {
  const user = new Counted(editor);
  await user.command('iris');
  await user.command('fit the model');
  await user.press('Shift+A');
  await user.lines('Linear 64', 'relu', 'Linear 3');
  await user.press('Escape');
  await expect(editor.node('linear1')).toBeFocused();
  await user.press('Control+Shift+Enter');
  expect(user.actions).toBeLessThanOrEqual(18);
  await trains(editor);
  expect(await code(editor)).toContain('self.linear = nnx.Linear(4, 64, rngs=rngs)');
});

test('a residual CNN on digits in 20 actions', async ({ editor }) => {
  const user = new Counted(editor);
  await user.choose(editor.inspector.getByLabel('Data source'), 'digits.csv');
  await user.press('Shift+A');
  await user.lines('input x batch,8,8,1', 'Conv 16 3x3 as stem', 'Conv 16 3x3 > relu > Conv 16 3x3', 'add stem > relu');
  await user.lines('globalAveragePool', 'Linear 10');
  await user.press('Escape');
  await user.press('Escape');
  await user.click(editor.inspector.getByRole('button', { name: 'Fit the model to the data' }));
  await user.click(editor.page.getByRole('button', { name: 'Train', exact: true }));
  expect(user.actions).toBeLessThanOrEqual(20);
  await trains(editor);
  await expect(editor.status).toContainText('No problems');
  const text = await code(editor);
  expect(text).toContain('self.stem = nnx.Conv(1, 16, (3, 3), rngs=rngs)');
  expect(text).toContain('self.linear = nnx.Linear(16, 10, rngs=rngs)');
});

test('an encoder of four blocks with fields in 34 actions', async ({ editor }) => {
  const user = new Counted(editor);
  await user.choose(editor.inspector.getByLabel('Data source'), 'digits.csv');
  await user.press('Shift+A');
  await user.lines('field width 32', 'field heads 4', 'input x batch,8,8', 'Linear width as embed');
  await user.lines('class Block width=width heads=heads x4 as blocks', 'LayerNorm', 'mean axis=1', 'Linear 10 as head');
  await user.press('Escape');
  await user.click(editor.node('blocks'));
  await user.press('Enter');
  await user.press('Shift+A');
  await user.lines('LayerNorm > MultiHeadAttention heads > add x', 'LayerNorm > Linear 4*width > gelu > Linear width > add add');
  await user.press('Escape');
  // Off the node, out of the class, and off that: the data are those of the model.
  await user.press('Escape');
  await user.press('Escape');
  await user.press('Escape');
  await user.click(editor.inspector.getByRole('button', { name: 'Fit the model to the data' }));
  await user.click(editor.page.getByRole('button', { name: 'Train', exact: true }));
  expect(user.actions).toBeLessThanOrEqual(34);
  await trains(editor);
  await expect(editor.status).toContainText('No problems');
  const text = await code(editor);
  expect(text).toContain('Block(width=width, heads=heads, rngs=rngs)');
  expect(text).toContain('nnx.Linear(width, 4 * width, rngs=rngs)');
});

test('a GRU model on digits in 15 actions', async ({ editor }) => {
  const user = new Counted(editor);
  await user.choose(editor.inspector.getByLabel('Data source'), 'digits.csv');
  await user.press('Shift+A');
  await user.lines('input x batch,8,8', 'RNN GRUCell 32', 'slice [:,-1]', 'Linear 10');
  await user.press('Escape');
  await user.press('Escape');
  await user.click(editor.inspector.getByRole('button', { name: 'Fit the model to the data' }));
  await user.click(editor.page.getByRole('button', { name: 'Train', exact: true }));
  expect(user.actions).toBeLessThanOrEqual(15);
  await trains(editor);
  await expect(editor.status).toContainText('No problems');
  expect(await code(editor)).toContain('nnx.RNN(nnx.GRUCell(8, 32, rngs=rngs)');
});

test('a tied autoencoder in 20 actions', async ({ editor }) => {
  const user = new Counted(editor);
  await user.choose(editor.inspector.getByLabel('Data source'), 'digits.csv');
  await user.press('Shift+A');
  await user.lines('input x batch,64', 'Linear 32 as encode > relu', 'encode.kernel > transpose', 'matmul relu transpose');
  await user.lines('meanSquaredError x');
  await user.press('Escape');
  await user.press('Escape');
  await user.choose(editor.inspector.getByLabel('Loss', { exact: true }), 'mean');
  await user.click(editor.page.getByRole('button', { name: 'Train', exact: true }));
  expect(user.actions).toBeLessThanOrEqual(20);
  await trains(editor);
  await expect(editor.status).toContainText('No problems');
  await expect(editor.node('encode.kernel')).toBeVisible();
  const text = await code(editor);
  expect(text).toContain('self.encode = nnx.Linear(64, 32, rngs=rngs)');
  expect(text).toContain('jnp.transpose(self.encode.kernel[...])');
  // What the node does with its member is a choice beside its name, and undone like any other.
  await editor.node('encode.kernel').click();
  await editor.inspector.getByLabel('Use of the member').selectOption('bias');
  await expect(editor.node('encode.bias')).toBeVisible();
  await editor.press('Control+z');
  await expect(editor.node('encode.kernel')).toBeVisible();
});

test('quick-add opens by a double click, a tapped space bar and Tab on the node, and tells at the field what it cannot read', async ({
  editor,
}) => {
  const field = editor.page.getByRole('combobox', { name: 'Add a layer, an op or a class' });
  await editor.canvas.dblclick({ position: { x: 400, y: 380 } });
  await field.fill('Linear depth');
  await editor.press('Enter');
  await expect(editor.page.getByRole('dialog', { name: 'Quick add' }).getByRole('alert')).toContainText('Add it first: field depth 64.');
  await expect(field).toHaveValue('Linear depth');
  await field.fill('Linear 4');
  await editor.press('Enter');
  await expect(field).toHaveValue('');
  await editor.press('Escape');
  await expect(editor.node('linear')).toBeFocused();
  for (const key of ['Tab', 'Space']) {
    await editor.press(key);
    await expect(field).toBeFocused();
    await editor.press('Escape');
    await expect(field).toHaveCount(0);
    await expect(editor.node('linear')).toBeFocused();
  }
  await editor.press('Control+z');
  await expect(editor.node('linear')).toHaveCount(0);
});
