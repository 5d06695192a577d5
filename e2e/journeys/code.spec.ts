import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';

const residual = readFileSync('assets/templates/residual-cnn.espalier', 'utf8');

test('leads from a node to its lines and from a line to its node, through the classes; by keyboard, too', async ({ editor }, info) => {
  const { page } = editor;
  await editor.withoutPickers();
  await editor.open('residual.espalier', residual);
  await expect(editor.node('stem')).toBeVisible();
  await editor.tab('Code');
  const panel = editor.panel('Code');
  const lit = panel.locator('.cm-line.cm-lit');
  const part = (name: string) => panel.getByRole('radio', { name, exact: true }).click();
  const breadcrumb = page.getByRole('navigation', { name: 'Open class' });

  await editor.node('stem').click();
  await expect(lit.filter({ hasText: 'stem = self.stem(' })).toBeInViewport();
  await expect(lit.filter({ hasText: /^\s*self\.stem = nnx\.Conv/ })).toHaveCount(1);

  await part('Open class');
  await expect(panel.getByRole('textbox', { name: 'Flax NNX code' })).not.toContainText('import jax');
  await part('Model');
  await panel.locator('.cm-line', { hasText: /^\s*conv2 = self\.conv2\(/ }).click();
  await expect(editor.node('conv2')).toHaveClass(/selected/);
  await expect(lit.filter({ hasText: 'self.conv2(' })).toBeInViewport();
  await part('Open class');
  const code = panel.getByRole('textbox', { name: 'Flax NNX code' });
  await expect(code).not.toContainText('self.stem');
  await expect(code).toContainText('self.conv1');

  // Down from the line that was clicked.
  await panel.locator('.cm-line', { hasText: /^\s*conv1 = self\.conv1\(/ }).click();
  await expect(editor.node('conv1')).toHaveClass(/selected/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(editor.node('norm1')).toHaveClass(/selected/);
  await expect(page.getByRole('log', { name: 'Announcements' })).toContainText('norm1 selected');
  await page.screenshot({ path: info.outputPath('lit.png') });

  await part('Training');
  await expect(panel.getByRole('textbox', { name: 'Flax NNX training script' })).toContainText('import optax');
  const saved = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save code' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^train_\w+\.py$/);
  await panel.getByRole('radio', { name: 'TypeScript' }).click();
  await expect(panel).toContainText('no training script for TypeScript');
  await part('Model');
  await expect(lit.filter({ hasText: 'this.norm1.call(' })).toHaveCount(1);
  await expect(breadcrumb).toBeVisible();
});
