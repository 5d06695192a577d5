/** @file The inside of a class, looked at and worked on where it is called, without leaving what is around it. */
import { expect, test } from '../fixtures.ts';

test('items of a list are expanded in place, each as itself: selected, edited, run, undone, and folded again', async ({ editor }) => {
  const { page, canvas, inspector } = editor;
  await editor.withoutPickers();
  await editor.node('linear1').click();
  await editor.node('batchNorm').click({ modifiers: ['Shift'] });
  await editor.press('Control+g');
  await editor.press('r');
  await page.getByRole('textbox', { name: 'Times' }).fill('3');
  await page.keyboard.press('Enter');
  const before = await editor.save();

  await editor.press('Alt+c');
  const frame = canvas.locator('.node.expanded');
  // All of it comes into sight.
  const room = (await canvas.boundingBox())!;
  const whole = async (): Promise<boolean> => {
    const { x, y, width, height } = (await frame.first().boundingBox())!;
    return x >= room.x && y >= room.y && x + width <= room.x + room.width && y + height <= room.y + room.height;
  };
  await expect.poll(whole).toBe(true);
  const box = (await frame.boundingBox())!;
  // What stands below gives way; what is inside lies within.
  expect((await editor.node('linear2').boundingBox())!.y).toBeGreaterThan(box.y + box.height);
  const inner = (await editor.node('linear1').boundingBox())!;
  expect(inner.x > box.x && inner.y > box.y && inner.y + inner.height < box.y + box.height).toBe(true);
  await expect(editor.wire(/^Wire from linear1 to batchNorm, \(batch, 32\)/)).toBeVisible();

  // The second item is fed by the first, and there it does not fit: the fault is shown in that one alone.
  await expect(canvas.locator('.node[data-problem]')).toHaveCount(0);
  await frame.getByRole('combobox', { name: 'Item of block' }).selectOption('1');
  await expect(editor.node('linear1').locator('.node[data-problem]')).toBeVisible();

  // An edit is one of the class; the way to it, and the canvas around, stay.
  await editor.node('linear1').click();
  await expect(page.getByRole('navigation', { name: 'Open class' })).toContainText('block[1]');
  await expect(inspector).toContainText('linear1');
  await editor.set('outFeatures', '64');
  await editor.node('batchNorm').click();
  await editor.set('numFeatures', '64');
  await editor.node('linear2').click();
  await expect(page.getByRole('navigation', { name: 'Open class' })).not.toContainText('block[1]');
  await editor.set('inFeatures', '64');
  await expect(canvas.locator('.node[data-problem]')).toHaveCount(0);
  await expect(editor.wire(/^Wire from linear1 to batchNorm, \(batch, 64\)/)).toBeVisible();
  await expect(frame).toBeVisible();
  await editor.node('batchNorm').click();
  await editor.run();
  await editor.tab('Results');
  await expect(editor.panel('Results')).toContainText('block[1].batchNorm');
  for (let step = 0; step < 3; step++) await editor.press('Control+z');
  await expect(editor.node('linear1').locator('.node[data-problem]')).toBeVisible();

  // A node inside is dragged, its class holds where; what is around does not move.
  const around = (await editor.node('x').first().boundingBox())!;
  const held = (await editor.node('linear1').boundingBox())!;
  await editor.node('linear1').hover();
  await page.mouse.down();
  await page.mouse.move(held.x + held.width / 2 - 32, held.y + held.height / 2 + 20, { steps: 4 });
  await page.mouse.up();
  await expect(editor.undoButton).toHaveAccessibleName(/Move node/);
  expect(await editor.node('x').first().boundingBox()).toEqual(around);
  await editor.press('Control+z');

  // From inside it folds by the same key; the call is selected, and the document is what it was.
  await editor.press('Alt+c');
  await expect(frame).toHaveCount(0);
  await expect(canvas.locator('.node[data-family="class"][data-selected]')).toHaveCount(1);
  expect(await editor.save()).toBe(before);
});

test('wires are drawn and removed within what is expanded, two deep and beside its notes, and all stays in sight', async ({ editor }) => {
  const { page, canvas } = editor;
  await editor.withoutPickers();
  // linear1 and batchNorm are a class; within it linear1 is one of its own, beside a note.
  await editor.node('linear1').click();
  await editor.node('batchNorm').click({ modifiers: ['Shift'] });
  await editor.press('Control+g');
  await editor.press('Enter');
  await editor.node('linear1').click();
  await editor.press('Control+g');
  await editor.press('Escape');
  await editor.press('n');
  await page.keyboard.type('What the block does');
  await page.keyboard.press('Escape');
  await editor.press('Control+ArrowUp');
  const before = await editor.save();

  await editor.node('block').first().click();
  await editor.press('Alt+c');
  const frames = canvas.locator('.node.expanded');
  await expect(frames).toHaveCount(1);
  await expect(canvas.getByText('What the block does')).toBeVisible();
  await canvas.locator('.node:not(.expanded)', { hasText: 'block' }).first().click();
  await editor.press('Alt+c');
  await expect(frames).toHaveCount(2);
  const room = (await canvas.boundingBox())!;
  const isIn = (outer: typeof room, inner: typeof room): boolean =>
    inner.x >= outer.x - 1 &&
    inner.y >= outer.y - 1 &&
    inner.x + inner.width <= outer.x + outer.width + 1 &&
    inner.y + inner.height <= outer.y + outer.height + 1;
  const boxes = async (): Promise<(typeof room)[]> => Promise.all([0, 1].map(async (i) => (await frames.nth(i).boundingBox())!));
  await expect.poll(async () => (await boxes()).some((a, _, all) => all.some((b) => a !== b && isIn(a, b)))).toBe(true);
  await expect.poll(async () => isIn(room, (await boxes()).sort((a, b) => a.width - b.width)[0]!)).toBe(true);
  // It stays whole as it is looked at from elsewhere: another workspace gives the canvas less room.
  await editor.press('Alt+4');
  await expect.poll(async () => isIn((await canvas.boundingBox())!, (await editor.node('linear1').boundingBox())!)).toBe(true);
  await editor.press('Alt+1');
  await page.getByRole('button', { name: 'Show all' }).click();

  // A wire inside goes, and is drawn anew, from port to port.
  const wire = editor.wire(/^Wire from block1? to batchNorm,/);
  await expect(wire).toBeAttached();
  const label = await wire.getAttribute('aria-label');
  await wire.click();
  await editor.press('Delete');
  await expect(wire).toHaveCount(0);
  await expect(editor.status).toContainText('problem');
  await editor.connect(/^Wire from (block1?) /.exec(label!)![1]!, 'batchNorm');
  await expect(wire).toBeAttached();
  await expect(editor.status).toContainText('No problems');
  await editor.press('Control+z');
  await editor.press('Control+z');
  expect(await editor.save()).toBe(before);
});
