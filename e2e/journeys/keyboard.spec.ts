import { violations } from '../axe.ts';
import { expect, test } from '../fixtures.ts';

test.beforeEach(async ({ editor }) => {
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
});

test('runs from the keyboard, and finds commands by name', async ({ editor }) => {
  await editor.press('Control+Enter');
  await expect(editor.page.locator('dl[aria-label="Run"]').getByText('Loss')).toBeVisible({ timeout: 60_000 });
  await editor.press('Control+k');
  const palette = editor.page.getByRole('dialog');
  await expect(palette).toBeVisible();
  await editor.page.keyboard.type('structure');
  await editor.page.keyboard.press('Enter');
  await expect(editor.page.getByRole('region', { name: 'Canvas: structure' })).toBeVisible();
});

test('keeps keys of the editor out of text fields', async ({ editor }) => {
  await editor.node('relu').click();
  await editor.page.getByRole('textbox', { name: 'Search layers and ops' }).fill('conv');
  await editor.page.keyboard.press('Delete');
  await expect(editor.node('relu')).toBeVisible();
});

for (const theme of ['dark', 'light'] as const) {
  test(`has no violation of accessibility rules in ${theme}`, async ({ editor }) => {
    await editor.page.emulateMedia({ colorScheme: theme });
    await editor.run();
    await editor.wire(/perturb hidden, sow hidden/).click();
    expect(await violations(editor.page)).toEqual([]);
    // In the colours of the system, and in half the room, as at a zoom of 200 %.
    await editor.page.emulateMedia({ colorScheme: theme, forcedColors: 'active', reducedMotion: 'reduce' });
    await editor.page.setViewportSize({ width: 720, height: 450 });
    expect(await violations(editor.page)).toEqual([]);
  });
}
