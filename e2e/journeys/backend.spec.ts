import { expect, test } from '../fixtures.ts';

test('computes on the CPU where there is no WebGL, and says so', async ({ editor }) => {
  // Workers are served by us: one line before the program takes WebGL away, as a locked-down machine would.
  await editor.page.route('**/*run-worker*.js', async (route) => {
    const response = await route.fetch();
    const body = `OffscreenCanvas.prototype.getContext = () => null;\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await editor.page.reload();
  await editor.openExample('Model');
  await editor.ready('25');
  await editor.run();
  await expect(editor.status).toContainText('CPU');
});

test('tells of a worker that ended without a word, and computes in a new one (N7)', async ({ editor }) => {
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
  const steps = editor.page.getByRole('textbox', { name: 'Steps to train' });
  await steps.fill('100000');
  await steps.press('Enter');
  await editor.page.getByRole('button', { name: 'Train', exact: true }).click();
  const status = editor.page.getByRole('status', { name: 'Run status' });
  await expect(status).toContainText('Training', { timeout: 60_000 });
  for (const worker of editor.page.workers()) await worker.evaluate(() => self.close());
  await expect(status).toHaveText('Failed', { timeout: 20_000 });
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText('The worker ended without a word.');
  await editor.run();
});
