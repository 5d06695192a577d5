import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

const area = async (locator: Locator): Promise<number> => {
  const { width, height } = (await locator.boundingBox())!;
  return width * height;
};

test('switches the layout by key and by hand, keeps each as it was left, and resets it', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  const switcher = page.getByRole('radiogroup', { name: 'Workspace' });
  // What is drawn stays: a mark on it is there as long as it is.
  const flow = page.locator('.react-flow');
  await flow.evaluate((element) => void (element.dataset['mark'] = 'the same'));
  const isWholeInSight = async (): Promise<void> => {
    const canvas = (await flow.boundingBox())!;
    for (const node of await flow.locator('.react-flow__node').all()) {
      const { x, y, width, height } = (await node.boundingBox())!;
      expect(x >= canvas.x && y >= canvas.y && x + width <= canvas.x + canvas.width && y + height <= canvas.y + canvas.height).toBe(true);
    }
  };
  const placeOf = () => flow.locator('.react-flow__viewport').evaluate((element) => element.style.transform);
  const place = await placeOf();
  await isWholeInSight();
  await editor.press('Alt+4');
  const beside = page.getByRole('region', { name: 'Beside the canvas' });
  await expect(beside.getByRole('tab', { name: 'Code' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Results and lists' })).toHaveCount(0);
  await expect(isWholeInSight).toPass({ timeout: 5_000 });
  await switcher.getByRole('radio', { name: 'Debug' }).click();
  await expect(beside.getByRole('tab', { name: 'Results' })).toBeVisible();
  await editor.press('Control+Enter');
  await expect(beside.locator('dl[aria-label="Run"]').getByText('Loss')).toBeVisible({ timeout: 60_000 });
  // Dragged narrower by its separator, from the keyboard.
  const before = (await beside.boundingBox())!.width;
  await page.getByRole('separator', { name: 'Width of the side panel' }).focus();
  for (let k = 0; k < 3; k++) await page.keyboard.press('ArrowRight');
  const narrowed = (await beside.boundingBox())!.width;
  expect(narrowed).toBeLessThan(before - 20);
  await editor.press('Alt+1');
  await expect(beside).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Palette', exact: true })).toBeVisible();
  // The same canvas, and one that looks as it did.
  await expect(flow).toHaveAttribute('data-mark', 'the same');
  await expect.poll(placeOf).toBe(place);
  await page.waitForTimeout(600);
  await page.reload();
  await editor.ready('2,474');
  await editor.press('Alt+2');
  expect(Math.abs((await beside.boundingBox())!.width - narrowed)).toBeLessThan(4);
  await beside.getByRole('button', { name: 'Move “Results” below the canvas' }).click();
  await expect(page.getByRole('region', { name: 'Results and lists' }).getByRole('tab', { name: 'Results' })).toBeVisible();
  await editor.press('Control+k');
  await page.keyboard.type('reset the workspace');
  await page.keyboard.press('Enter');
  expect(Math.abs((await beside.boundingBox())!.width - before)).toBeLessThan(4);
});

test('leaves the canvas alone for a while', async ({ editor }) => {
  await editor.ready('2,474');
  const inspector = editor.page.getByRole('region', { name: 'Inspector', exact: true });
  await expect(inspector).toBeVisible();
  await editor.press('F11');
  await expect(inspector).toHaveCount(0);
  expect((await editor.canvas.boundingBox())!.width).toBeGreaterThan(1400);
  await editor.press('F11');
  await expect(inspector).toBeVisible();
});

test('a window that becomes small closes the lists and opens them again; a side is dragged shut by its separator', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  const lists = page.getByRole('region', { name: 'Results and lists' });
  await expect(lists).toBeVisible();
  const high = (await lists.boundingBox())!.height;
  await page.setViewportSize({ width: 1024, height: 700 });
  await expect(lists).toHaveCount(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(lists).toBeVisible();
  await expect.poll(async () => Math.abs((await lists.boundingBox())!.height - high)).toBeLessThan(4);
  const palette = page.getByRole('region', { name: 'Palette', exact: true });
  const { width } = (await palette.boundingBox())!;
  const separator = page.getByRole('separator', { name: 'Width of the palette' });
  const { x, y, height } = (await separator.boundingBox())!;
  await page.mouse.move(x, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 100, y + height / 2, { steps: 4 });
  await page.mouse.move(10, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(palette).toHaveCount(0);
  await expect(separator).toHaveCount(0);
  await editor.press('Control+b');
  await expect(palette).toBeVisible();
  await expect.poll(async () => Math.abs((await palette.boundingBox())!.width - width)).toBeLessThan(4);
});

for (const [width, height] of [
  [1440, 900],
  [1024, 700],
  [720, 450],
] as const) {
  test.describe(`in a window of ${width} by ${height}`, () => {
    test.use({ viewport: { width, height } });
    test(`gives the canvas the most room in every workspace at ${width} by ${height}`, async ({ editor }) => {
      const { page } = editor;
      await editor.ready('2,474');
      for (const key of ['Alt+2', 'Alt+3', 'Alt+4', 'Alt+1']) {
        await editor.press(key);
        // The panels take their sizes a frame after they are there.
        await expect(async () => {
          const canvas = await area(editor.canvas);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
          for (const name of ['Beside the canvas', 'Results and lists', 'Inspector', 'Palette']) {
            const region = page.getByRole('region', { name, exact: true });
            if (await region.isVisible()) expect([key, name, canvas > (await area(region))]).toEqual([key, name, true]);
          }
          // Half of the window, where one designs in little room.
          if (key === 'Alt+1' && width < 1100) expect(canvas).toBeGreaterThan(0.45 * width * height);
        }).toPass({ timeout: 5_000 });
      }
    });
  });
}
