/** @file Wires under the pointer: dropped on nodes, taken by their ends, moved with their port, removed, and what is in the hand when Escape comes. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import type { Editor } from '../pages/editor.ts';
import { drawn, savedWires } from '../wired.ts';

const LAYOUT = {
  x: { x: 0, y: 0 },
  first: { x: 280, y: 0 },
  second: { x: 560, y: 0 },
  y: { x: 840, y: 0 },
  act: { x: 280, y: 200 },
  sum: { x: 560, y: 200 },
};
const PARTS = [
  { id: 'first', type: 'Linear', args: { outFeatures: 8 } },
  { id: 'second', type: 'Linear', args: { outFeatures: 8 } },
  { id: 'act', type: 'relu' },
  { id: 'sum', type: 'add' },
];
const CHAIN = ['x first.x', 'first second.x', 'second y.in'];
const SAVED_CHAIN = ['first second.x', 'second y.in', 'x first.x'];

async function openDrawn(editor: Editor): Promise<void> {
  await editor.withoutPickers();
  await editor.open('drawn.espalier', drawn(PARTS, CHAIN, LAYOUT));
  await expect(editor.node('first')).toBeVisible();
  await expect(editor.wire(/^Wire from first to second/)).toBeVisible();
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = (await of.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const output = (node: Locator) => node.locator('.react-flow__handle.source').first();
const input = (node: Locator, port = 'x') => node.locator(`.react-flow__handle.target[data-handleid="${port}"]`);

/** Presses at one place and moves to another in steps, as a hand does; the button stays down. */
async function hold(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 4, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await hold(page, from, to);
  await page.mouse.up();
}

test('a wire dropped on the body of a node takes its first free port, and then the next', async ({ editor }) => {
  await openDrawn(editor);
  const { page } = editor;
  await drag(page, await middle(output(editor.node('first'))), await middle(editor.node('add')));
  await drag(page, await middle(output(editor.node('second'))), await middle(editor.node('add')));
  await expect(editor.wire(/^Wire from second to add/)).toBeAttached();
  expect(savedWires(await editor.save())).toEqual([...SAVED_CHAIN, 'first add.a', 'second add.b'].sort());
  await drag(page, await middle(output(editor.node('x'))), await middle(editor.node('add')));
  await expect(page.getByText('one whose inputs are all wired')).toBeVisible();
});

test('the end of a wire is dragged to another port, or off into nothing; Escape leaves it', async ({ editor }) => {
  await openDrawn(editor);
  const { page } = editor;
  const end = async () => {
    const { x, y } = await middle(input(editor.node('second')));
    const zoom = (await editor.node('second').boundingBox())!.width / 184;
    return { x: x - 22 * zoom, y };
  };
  // Escape first: nothing comes of it, not even a step.
  await hold(page, await end(), await middle(editor.node('relu')));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(editor.undoButton).toBeDisabled();
  await expect(editor.wire(/^Wire from first to second/)).toBeAttached();

  await drag(page, await end(), await middle(input(editor.node('relu'))));
  await expect(editor.wire(/^Wire from first to relu/)).toBeAttached();
  expect(savedWires(await editor.save())).toEqual(['first relu.x', 'second y.in', 'x first.x']);
  await editor.press('Control+z');
  await expect(editor.wire(/^Wire from first to second/)).toBeAttached();

  const away = (await editor.canvas.boundingBox())!;
  await drag(page, await end(), { x: away.x + 60, y: away.y + away.height - 60 });
  await expect(editor.wire(/^Wire from first to second/)).toHaveCount(0);
  expect(savedWires(await editor.save())).toEqual(['second y.in', 'x first.x']);
  await editor.press('Control+z');
  await expect(editor.wire(/^Wire from first to second/)).toBeAttached();
});

test('Ctrl+drag moves all wires of a port, in one step', async ({ editor }) => {
  await openDrawn(editor);
  const { page } = editor;
  await drag(page, await middle(output(editor.node('first'))), await middle(input(editor.node('relu'))));
  await page.keyboard.down('Control');
  await drag(page, await middle(output(editor.node('first'))), await middle(output(editor.node('x'))));
  await page.keyboard.up('Control');
  await expect(editor.wire(/^Wire from x to relu/)).toBeAttached();
  expect(savedWires(await editor.save())).toEqual(['second y.in', 'x first.x', 'x relu.x', 'x second.x']);
  await editor.press('Control+z');
  await expect(editor.wire(/^Wire from first to relu/)).toBeAttached();
});

test('Alt+click removes a wire, and all wires of a port', async ({ editor }) => {
  await openDrawn(editor);
  await editor.wire(/^Wire from first to second/).click({ modifiers: ['Alt'] });
  await expect(editor.wire(/^Wire from first to second/)).toHaveCount(0);
  await output(editor.node('x')).click({ modifiers: ['Alt'] });
  await expect(editor.wire(/^Wire from x to first/)).toHaveCount(0);
  expect(savedWires(await editor.save())).toEqual(['second y.in']);
});

test('ports that do not take the wire in the hand step back and say why; Escape lets it go without a step', async ({ editor }) => {
  await openDrawn(editor);
  const { page } = editor;
  await hold(page, await middle(output(editor.node('second'))), await middle(input(editor.node('first'))));
  await expect(editor.node('first').locator('.port[data-side="in"]')).toHaveAttribute('data-fits', 'no');
  await expect(editor.node('relu').locator('.port[data-side="in"]')).toHaveAttribute('data-fits', 'yes');
  await expect(editor.node('relu').locator('.port[data-side="out"]')).toHaveAttribute('data-fits', 'no');
  await expect(page.locator('.wiring-note')).toContainText('closes a cycle');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.locator('.port[data-fits]')).toHaveCount(0);
  await expect(editor.undoButton).toBeDisabled();
});

test('ports that take another kind of numbers step back, too, and say which', async ({ editor }) => {
  await editor.withoutPickers();
  const ids = { id: 'ids', type: 'Embed', args: { numEmbeddings: 9, features: 8 } };
  await editor.open('drawn.espalier', drawn([...PARTS, ids], CHAIN, { ...LAYOUT, ids: { x: 840, y: 200 } }));
  const { page } = editor;
  await expect(editor.wire(/^Wire from first to second/)).toBeVisible();
  await hold(page, await middle(output(editor.node('first'))), await middle(input(editor.node('ids'), 'ids')));
  await expect(editor.node('ids').locator('.port[data-side="in"]')).toHaveAttribute('data-fits', 'no');
  await expect(editor.node('relu').locator('.port[data-side="in"]')).toHaveAttribute('data-fits', 'yes');
  await expect(page.locator('.wiring-note')).toContainText('Expected int32 on ids, got float32.');
  await page.mouse.up();
  await expect(editor.undoButton).toBeDisabled();
});

test('ports and wires are large enough to hit', async ({ editor }) => {
  await openDrawn(editor);
  const sizes = await editor.canvas
    .locator('.react-flow__handle')
    .evaluateAll((all) => all.map((each) => Math.min((each as HTMLElement).offsetWidth, (each as HTMLElement).offsetHeight)));
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(24);
  const widths = await editor.canvas
    .locator('.react-flow__edge-interaction')
    .evaluateAll((all) => all.map((each) => parseFloat(getComputedStyle(each).strokeWidth)));
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(12);
});
