import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

/** File access as browsers without pickers have it: download and upload, which a test can see. */
async function withoutPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, { showOpenFilePicker: undefined, showSaveFilePicker: undefined });
  });
  await page.reload();
}

async function open(page: Page, name: string, text: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

const digits = readFileSync('assets/examples/digits.espalier', 'utf8');

test.beforeEach(async ({ editor }) => {
  await withoutPickers(editor.page);
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
});

test('saves the document and opens it again', async ({ editor }, info) => {
  await editor.mode('Eval');
  const saved = editor.page.waitForEvent('download');
  await editor.press('Control+s');
  const file = info.outputPath('saved.espalier');
  await (await saved).saveAs(file);
  const text = readFileSync(file, 'utf8');
  expect(JSON.parse(text).settings).toHaveLength(1);
  await editor.openExample('Model');
  await editor.ready('25');
  await open(editor.page, 'saved.espalier', text);
  await editor.ready('2,474');
  await expect(editor.node('dropout')).toContainText('eval');
});

test('saves the code of each target', async ({ editor }, info) => {
  await editor.tab('Code');
  const panel = editor.panel('Code');
  for (const [target, name, line] of [
    ['Flax NNX', 'model.py', 'self.batch_norm = nnx.BatchNorm(32, rngs=rngs)'],
    ['TypeScript', 'model.ts', 'this.batchNorm = new BatchNorm({ numFeatures: 32, rngs });'],
  ] as const) {
    await panel.getByRole('radio', { name: target }).click();
    await expect(panel.getByRole('textbox', { name: `${target} code` })).toContainText('class Classifier');
    const saved = editor.page.waitForEvent('download');
    await panel.getByRole('button', { name: /^Save/ }).click();
    const file = info.outputPath(name);
    await (await saved).saveAs(file);
    expect(readFileSync(file, 'utf8')).toContain(line);
  }
  await editor.page.screenshot({ path: info.outputPath('typescript.png') });

  // And back: the graph follows changed code, and says before what changes (peers.md 69).
  await panel.getByRole('radio', { name: 'Flax NNX' }).click();
  await panel.getByRole('button', { name: 'Edit code' }).click();
  const dialog = editor.page.getByRole('dialog', { name: 'Edit Code' });
  const code = dialog.getByRole('textbox', { name: 'Flax code' });
  const text = await code.inputValue();
  await code.fill(text.replace('nnx.relu(', 'nnx.rellu('));
  await expect(dialog).toContainText('Is nnx.relu meant?');
  await expect(dialog.getByRole('button', { name: 'Change the model' })).toBeDisabled();
  await code.fill(text.replace('nnx.relu(', 'nnx.gelu('));
  await expect(dialog).toContainText('gelu stands where relu was');
  await dialog.getByRole('button', { name: 'Change the model' }).click();
  await expect(editor.node('gelu')).toBeVisible();
  await editor.press('Control+z');
  await expect(editor.node('relu')).toBeVisible();
});

for (const [what, text, message] of [
  ['is not JSON', '{"format": "espalier", oops', /line 1, column 2\d/],
  ['is of a newer version', digits.replace(/"version": \d+/, '"version": 99'), /99/],
  ['is something else', '{"hello": 1}', /espalier/],
] as const) {
  test(`refuses a file that ${what}, and keeps what is open`, async ({ editor }) => {
    await editor.mode('Eval');
    await open(editor.page, 'broken.espalier', text);
    await expect(editor.page.getByRole('alertdialog')).toContainText(message);
    await editor.page.keyboard.press('Escape');
    await expect(editor.page.getByRole('heading', { level: 1 })).toContainText('Digits classifier');
    await expect(editor.node('dropout')).toContainText('eval');
  });
}

test('opens a file with an unknown layer and a wire to nowhere, names both, and saves both', async ({ editor }, info) => {
  const document = JSON.parse(digits);
  document.classes.classifier.members[0].type = 'Quaternion';
  document.classes.classifier.wires.w9 = { id: 'w9', from: { node: 'n1', port: 'out' }, to: { node: 'n99', port: 'x' } };
  document.extra = { kept: true };
  await open(editor.page, 'odd.espalier', JSON.stringify(document));
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText('Quaternion');
  await expect(editor.panel('Problems')).toContainText('n99');
  const saved = editor.page.waitForEvent('download');
  await editor.press('Control+s');
  const file = info.outputPath('odd.espalier');
  await (await saved).saveAs(file);
  const text = JSON.parse(readFileSync(file, 'utf8'));
  expect(text.extra).toEqual({ kept: true });
  expect(text.classes.classifier.members[0].type).toBe('Quaternion');
  expect(text.classes.classifier.wires.w9.to.node).toBe('n99');
});

for (const [what, csv, message] of [
  ['a ragged row', 'a,b,label\n1,2,0\n3,1\n', /line 3/i],
  ['a word among the numbers', 'a,b,label\n1,2,0\n3,four,1\n', /line 3, column 2/i],
] as const) {
  test(`names the place of ${what} in a CSV file`, async ({ editor }, info) => {
    const file = info.outputPath('bad.csv');
    writeFileSync(file, csv);
    await editor.canvas.click({ position: { x: 20, y: 300 } });
    const chooser = editor.page.waitForEvent('filechooser');
    await editor.inspector.getByRole('button', { name: /^Load a CSV file/ }).click();
    await (await chooser).setFiles(file);
    await expect(editor.page.locator('body')).toContainText(message);
  });
}
