/** @file What the pointer and the eye meet on the canvas: selections that let everything through (E3), and calm problems (E4). */
import type { Locator, Page } from '@playwright/test';
import { violations } from '../axe.ts';
import { expect, test } from '../fixtures.ts';

/** Draws a rectangle around nodes, as with a rubber band. */
async function band(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

test('E3: after a rubber band, clicks, Shift+clicks, drags and wires reach the nodes', async ({ editor }) => {
  const { page } = editor;
  await editor.ready('2,474');
  // Away from the edges of the canvas, near which a rubber band pans.
  const [first, second, third, fourth] = ['linear1', 'batchNorm', 'dropout', 'linear2'].map((name) => editor.node(name)) as [
    Locator,
    Locator,
    Locator,
    Locator,
  ];
  const selected = editor.canvas.locator('.node[data-selected]');
  const around = async () => {
    const boxes = await Promise.all([first, second, third, fourth].map(async (node) => (await node.boundingBox())!));
    await band(
      page,
      { x: Math.min(...boxes.map(({ x }) => x)) - 14, y: Math.min(...boxes.map(({ y }) => y)) - 40 },
      { x: Math.max(...boxes.map(({ x, width }) => x + width)) + 14, y: Math.max(...boxes.map(({ y, height }) => y + height)) + 14 },
    );
    await expect(selected).toHaveCount(4);
  };
  await around();

  await second.click({ modifiers: ['Shift'] });
  await expect(selected).toHaveCount(3);
  await second.click();
  await expect(selected).toHaveCount(1);

  // Dragging one of them drags all, and is one step.
  await around();
  const a = (await first.boundingBox())!;
  const before = (await second.boundingBox())!;
  await band(page, { x: a.x + 40, y: a.y + 12 }, { x: a.x + 80, y: a.y + 52 });
  await expect(selected).toHaveCount(4);
  await expect.poll(async () => (await second.boundingBox())!.y).not.toBe(before.y);
  await editor.press('Control+z');
  await expect.poll(async () => (await second.boundingBox())!.y).toBe(before.y);

  // A wire can be drawn from a port inside the selection.
  await around();
  await editor.connect('linear1', 'linear2');
  await expect(editor.wire(/^Wire from linear1 to linear2,/)).toBeAttached();
});

test('E4: ten fresh nodes are marked, and say what is wrong one at a time, out of the way of the pointer', async ({ editor }) => {
  const { page } = editor;
  await editor.menu('File', 'New');
  // One goes on by typing, also after the menu.
  await expect(editor.canvas).toBeFocused();
  for (let i = 0; i < 10; i++) await editor.dragFromPalette('Linear', 60 + (i % 5) * 110, 60 + Math.floor(i / 5) * 90);
  const nodes = editor.canvas.locator('.node');
  const marks = nodes.getByRole('img', { name: /^Expected/ });
  expect(await marks.count()).toBeGreaterThanOrEqual(10);
  const texts = editor.canvas.locator('.node-problem');
  const shown = () => texts.evaluateAll((all) => all.filter((each) => getComputedStyle(each).visibility === 'visible').length);
  await page.mouse.move(5, 5);
  expect(await shown()).toBeLessThanOrEqual(1);
  expect(await texts.evaluateAll((all) => all.every((each) => getComputedStyle(each).pointerEvents === 'none'))).toBe(true);
  await nodes.nth(3).hover();
  const text = nodes.nth(3).locator('.node-problem');
  await expect(text).toBeVisible();
  // Unfinished, not wrong; and it is read from far away as well.
  await expect(nodes.nth(3)).toHaveAttribute('data-problem', 'unfinished');
  const [near, node] = [(await text.boundingBox())!, (await nodes.nth(3).boundingBox())!];
  await page.mouse.wheel(0, 500);
  await expect.poll(async () => (await nodes.nth(3).boundingBox())!.width).toBeLessThan(node.width / 1.2);
  await expect.poll(async () => (await text.boundingBox())!.width).toBeGreaterThan(0.95 * near.width);
});

test('a badge switches the mode of its module, Shift+E that of what is selected, each as one setting that is gone when it is switched back', async ({
  editor,
}) => {
  const { page } = editor;
  await editor.ready('2,474');
  const badge = (node: string, word: string) => editor.node(node).getByRole('button', { name: new RegExp(`^${node}: ${word},`) });
  await badge('dropout', 'train').click();
  await expect(badge('dropout', 'eval')).toBeVisible();
  await expect(badge('batchNorm', 'train')).toBeVisible();
  await expect(editor.undoButton).toHaveAccessibleName(/Set dropout to eval/);
  const settings = editor.inspector.getByRole('list', { name: 'Settings, in order' });
  await expect(settings.getByRole('listitem')).toHaveCount(1);
  await badge('dropout', 'eval').click();
  await expect(badge('dropout', 'train')).toBeVisible();
  await expect(settings).toHaveCount(0);
  // A class of its own, whose badge shows that what is in it is set apart.
  await editor.node('batchNorm').click();
  await editor.node('relu').click({ modifiers: ['Shift'] });
  await editor.node('dropout').click({ modifiers: ['Shift'] });
  await editor.press('Control+g');
  await expect(editor.undoButton).toHaveAccessibleName(/Group/);
  // The modes of what is within are known once the Modules are.
  await expect(page.getByRole('treeitem', { name: /^block / })).toBeVisible();
  await editor.press('Shift+E');
  const grouped = editor.canvas.getByRole('button', { name: /: eval, switch to train$/ });
  await expect(grouped).toHaveText('eval');
  expect(await violations(page)).toEqual([]);
  await grouped.click();
  await expect(grouped).toHaveCount(0);
  await editor.press('Control+z');
  await expect(grouped).toBeVisible();
});
