import { expect, test } from '../fixtures.ts';

test('pans or zooms by the wheel as one is used to, and keeps that over a restart', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  const widthAfterWheel = async (): Promise<readonly [number, number]> => {
    const box = (await editor.canvas.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const before = (await editor.node('relu').boundingBox())!;
    await page.mouse.wheel(0, -120);
    await page.waitForTimeout(400);
    const after = (await editor.node('relu').boundingBox())!;
    return [after.width / before.width, after.y - before.y];
  };
  const [zoomed] = await widthAfterWheel();
  expect(zoomed).toBeGreaterThan(1.05);
  const choose = async (name: string): Promise<void> => {
    await editor.press('Control+k');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
  };
  await choose('move like a design tool');
  await page.waitForTimeout(600);
  await page.reload();
  await editor.ready('2,474');
  const [kept, moved] = await widthAfterWheel();
  expect(kept).toBeCloseTo(1, 2);
  expect(moved).toBeGreaterThan(20);
  // Two fingers pan by the trackpad, and so does a drag on empty ground.
  await choose('move by trackpad');
  const before = (await editor.node('x').boundingBox())!;
  const box = (await editor.canvas.boundingBox())!;
  await page.mouse.move(box.x + 120, box.y + box.height - 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 220, box.y + box.height - 90, { steps: 6 });
  await page.mouse.up();
  expect((await editor.node('x').boundingBox())!.x - before.x).toBeGreaterThan(60);
});

test('the minimap frames what is in sight: a click goes there, a drag pans, Shift+M shows and hides it, also after a restart', async ({
  editor,
}) => {
  const { page } = editor;
  await editor.ready('2,474');
  const map = page.locator('.minimap');
  // The example is small enough to be overlooked.
  await expect(map).toHaveCount(0);
  await editor.canvas.focus();
  await editor.press('Shift+M');
  await expect(page.getByRole('img', { name: /^Map of \d+ nodes$/ })).toBeVisible();
  const place = async () => (await editor.node('relu').boundingBox())!;
  const box = (await map.boundingBox())!;
  const left = await place();
  await page.mouse.click(box.x + box.width - 12, box.y + box.height / 2);
  await expect.poll(async () => (await place()).x).toBeLessThan(left.x - 40);
  expect((await place()).width).toBeCloseTo(left.width, 1);
  const clicked = await place();
  await page.mouse.move(box.x + box.width - 12, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 52, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await place()).x).toBeGreaterThan(clicked.x + 40);
  await page.waitForTimeout(600);
  await page.reload();
  await editor.ready('2,474');
  await expect(map).toBeVisible();
  await page.getByRole('button', { name: 'Hide the Minimap' }).click();
  await expect(map).toHaveCount(0);
  await expect(editor.undoButton).toBeDisabled();
});
