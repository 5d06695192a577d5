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
