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
