/** @file Where nodes are: the automatic layout, lines to be dragged along, nodes in line, and nodes dropped on wires. */
import { expect, test } from '../fixtures.ts';
import type { Editor } from '../pages/editor.ts';
import { chainDocument } from '../documents.ts';
import { drawn, savedPlaces, savedWires } from '../wired.ts';

const PARTS = [
  { id: 'first', type: 'Linear', args: { outFeatures: 8 } },
  { id: 'second', type: 'Linear', args: { outFeatures: 8 } },
  { id: 'act', type: 'relu' },
  { id: 'sum', type: 'add' },
];
const BRANCHING = ['x first.x', 'first relu.x', 'relu second.x', 'first add.a', 'second add.b', 'add y.in'].map((wire) =>
  wire.replace('relu', 'act').replace(/^add/, 'sum').replace(' add', ' sum').replace(/^relu/, 'act'),
);
/** All on one heap, in disorder. */
const HEAP = Object.fromEntries(['y', 'sum', 'second', 'act', 'first', 'x'].map((id, i) => [id, { x: i * 40, y: i * 20 }]));

async function openDrawn(editor: Editor, text: string): Promise<void> {
  await editor.withoutPickers();
  await editor.open('drawn.espalier', text);
  await expect(editor.node('first')).toBeVisible();
}

/** The boxes of nodes that lie over each other. */
async function overlapping(editor: Editor): Promise<number> {
  const boxes = await editor.canvas
    .locator('.node')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
  let count = 0;
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1)) if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) count += 1;
  return count;
}

/** Wires that run behind a node that is not at their end, and labels that lie on one. */
async function hidden(editor: Editor): Promise<readonly string[]> {
  return editor.page.evaluate(() => {
    const nodes = [...document.querySelectorAll<HTMLElement>('.react-flow__node')].map((each) => ({
      id: each.dataset['id'],
      box: each.getBoundingClientRect(),
    }));
    const found: string[] = [];
    for (const edge of document.querySelectorAll<SVGGElement>('.react-flow__edge')) {
      const path = edge.querySelector<SVGPathElement>('.wire')!;
      const toScreen = path.getScreenCTM()!;
      const length = path.getTotalLength();
      for (let at = 12; at < length - 12; at += 4) {
        const { x, y } = path.getPointAtLength(at).matrixTransform(toScreen);
        const under = nodes.find(({ box }) => x > box.left + 1 && x < box.right - 1 && y > box.top + 1 && y < box.bottom - 1);
        if (under) {
          found.push(`wire ${edge.dataset['id']} behind ${under.id}`);
          break;
        }
      }
    }
    for (const label of document.querySelectorAll('.wire-label')) {
      const a = label.getBoundingClientRect();
      const under = nodes.find(
        ({ box: b }) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
      );
      if (under) found.push(`label ${label.textContent} on ${under.id}`);
    }
    return found;
  });
}

test('a document without places is arranged when it is opened, with nothing to undo and nothing unsaved', async ({ editor }) => {
  await openDrawn(editor, drawn(PARTS, BRANCHING));
  await expect.poll(() => overlapping(editor)).toBe(0);
  expect(await hidden(editor)).toEqual([]);
  await expect(editor.undoButton).toBeDisabled();
  await expect(editor.status).not.toContainText('Unsaved changes');
  const places = savedPlaces(await editor.save());
  expect([...places.keys()].sort()).toEqual(['add', 'first', 'relu', 'second', 'x', 'y']);
  expect(places.get('x')!.x).toBeLessThan(places.get('first')!.x);
  expect(places.get('relu')!.x).toBeLessThan(places.get('second')!.x);
});

test('Arrange All untangles a heap in one step, flips, and is undone', async ({ editor }) => {
  await openDrawn(editor, drawn(PARTS, BRANCHING, HEAP));
  expect(await overlapping(editor)).toBeGreaterThan(3);
  await editor.press('Control+Shift+l');
  await expect.poll(() => overlapping(editor)).toBe(0);
  expect(await hidden(editor)).toEqual([]);
  const right = savedPlaces(await editor.save());
  expect(right.get('first')!.y).toBe(right.get('x')!.y);

  await editor.menu('Edit', 'Arrange Top to Bottom', 'Arrange');
  await expect.poll(async () => (await editor.node('first').boundingBox())!.y > (await editor.node('x').boundingBox())!.y + 20).toBe(true);
  await expect.poll(() => overlapping(editor)).toBe(0);
  expect(await hidden(editor)).toEqual([]);
  const down = savedPlaces(await editor.save());
  expect(down.get('first')!.x).toBe(down.get('x')!.x);

  await editor.press('Control+z');
  await editor.press('Control+z');
  await expect(editor.undoButton).toBeDisabled();
  expect(savedPlaces(await editor.save()).get('first')).toEqual(HEAP['first']);
});

test('Arrange Selection moves what is selected and nothing else', async ({ editor }) => {
  await openDrawn(editor, drawn(PARTS, BRANCHING, { ...HEAP, x: { x: -400, y: -300 }, y: { x: 900, y: 500 } }));
  const before = savedPlaces(await editor.save());
  await editor.press('Control+a');
  for (const name of ['x', 'y']) await editor.node(name).click({ modifiers: ['Shift'] });
  await editor.press('Alt+l');
  await expect.poll(() => overlapping(editor)).toBe(0);
  const after = savedPlaces(await editor.save());
  for (const name of ['x', 'y']) expect(after.get(name)).toEqual(before.get(name));
  expect(Math.min(...['first', 'second', 'relu', 'add'].map((name) => after.get(name)!.x))).toBe(
    Math.min(...['first', 'second', 'relu', 'add'].map((name) => before.get(name)!.x)),
  );
});

test('ten thousand nodes are arranged while the window answers', async ({ editor }) => {
  test.setTimeout(240_000);
  await editor.withoutPickers();
  await editor.open('large.espalier', chainDocument(9998));
  await expect(editor.node('layer0')).toBeVisible();
  await editor.page.evaluate(() => {
    const state = { longest: 0, last: performance.now() };
    const tick = (): void => {
      const now = performance.now();
      state.longest = Math.max(state.longest, now - state.last);
      state.last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frames: state });
  });
  await editor.menu('Edit', 'Arrange All', 'Arrange');
  await expect(editor.undoButton).toBeEnabled({ timeout: 60_000 });
  await expect(editor.undoButton).toHaveAccessibleName(/Arrange 10,000 nodes/);
});

test('nodes in line and spread by command', async ({ editor }) => {
  const loose = {
    x: { x: 0, y: 0 },
    first: { x: 250, y: 30 },
    act: { x: 700, y: 70 },
    second: { x: 900, y: 110 },
    sum: { x: 300, y: 400 },
    y: { x: 700, y: 400 },
  };
  await openDrawn(editor, drawn(PARTS, [], loose));
  await editor.node('x').click();
  for (const name of ['first', 'relu', 'second']) await editor.node(name).click({ modifiers: ['Shift'] });
  await editor.press('Alt+w');
  await editor.menu('Edit', 'Distribute Horizontally', 'Arrange');
  const places = savedPlaces(await editor.save());
  const row = ['x', 'first', 'relu', 'second'].map((name) => places.get(name)!);
  expect(row.map(({ y }) => y)).toEqual([0, 0, 0, 0]);
  expect(row.map(({ x }) => x)).toEqual([0, 300, 600, 900]);
});

test('a node dropped on a wire is put into it, with Alt it is not, and Escape lets it go back', async ({ editor }) => {
  const layout = {
    x: { x: 0, y: 0 },
    first: { x: 280, y: 0 },
    second: { x: 760, y: 0 },
    y: { x: 1040, y: 0 },
    act: { x: 500, y: 200 },
    sum: { x: 0, y: 200 },
  };
  await openDrawn(editor, drawn(PARTS, ['x first.x', 'first second.x', 'second y.in'], layout));
  const { page } = editor;
  const toWire = async () => {
    const [from, a, b] = await Promise.all(['relu', 'first', 'second'].map(async (name) => (await editor.node(name).boundingBox())!));
    await page.mouse.move(from!.x + from!.width / 2, from!.y + 8);
    await page.mouse.down();
    await page.mouse.move(from!.x + from!.width / 2 + 6, from!.y + 10, { steps: 4 });
    const [x, y] = [(a!.x + a!.width + b!.x) / 2, a!.y + a!.height / 2];
    await page.mouse.move(x - 30, y + 60, { steps: 5 });
    await page.mouse.move(x, y - 4, { steps: 5 });
  };
  const lit = editor.canvas.locator('.react-flow__edge.lit');
  const place = savedPlaces(await editor.save()).get('relu');

  await toWire();
  await expect(lit).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(lit).toHaveCount(0);
  await expect(editor.undoButton).toBeDisabled();
  expect(savedPlaces(await editor.save()).get('relu')).toEqual(place);

  await page.keyboard.down('Alt');
  await toWire();
  await page.mouse.up();
  await page.keyboard.up('Alt');
  expect(savedWires(await editor.save())).toEqual(['first second.x', 'second y.in', 'x first.x']);
  await editor.press('Control+z');

  await toWire();
  await page.mouse.up();
  await expect(editor.wire(/^Wire from first to relu/)).toBeAttached();
  expect(savedWires(await editor.save())).toEqual(['first relu.x', 'relu second.x', 'second y.in', 'x first.x']);
  await editor.press('Control+z');
  expect(savedPlaces(await editor.save()).get('relu')).toEqual(place);

  // A type of the palette is put into the wire that lights up under it, and the others make room, in one step.
  const option = page.getByRole('option', { name: /^Dropout\b/ });
  const onto = async () => {
    const [canvas, a, b] = await Promise.all(
      [editor.canvas, editor.node('x'), editor.node('first')].map(async (each) => (await each.boundingBox())!),
    );
    return { x: (a!.x + a!.width + b!.x) / 2 - canvas!.x, y: a!.y + a!.height / 2 - canvas!.y };
  };
  await page.getByRole('textbox', { name: 'Search layers and ops' }).fill('Dropout');
  await option.hover();
  await page.mouse.down();
  await editor.canvas.hover({ position: await onto(), force: true });
  await editor.canvas.hover({ position: await onto(), force: true });
  await expect(lit).toHaveCount(1);
  await page.mouse.up();
  await expect(lit).toHaveCount(0);
  await expect(editor.wire(/^Wire from dropout to first/)).toBeAttached();
  expect(savedWires(await editor.save())).toEqual(['dropout first.x', 'first second.x', 'second y.in', 'x dropout.x']);
  expect(await overlapping(editor)).toBe(0);
  await expect(editor.undoButton).toHaveAccessibleName(/Insert Dropout into wire/);
  await editor.press('Control+z');
  expect(savedPlaces(await editor.save()).get('first')).toEqual(layout.first);
  expect(savedWires(await editor.save())).toEqual(['first second.x', 'second y.in', 'x first.x']);
});

test('a dragged node is drawn to the line of its neighbours, which is shown; Shift puts it on the grid', async ({ editor }) => {
  const layout = {
    x: { x: 0, y: 0 },
    first: { x: 280, y: 0 },
    second: { x: 560, y: 0 },
    y: { x: 840, y: 0 },
    act: { x: 420, y: 204 },
    sum: { x: 0, y: 400 },
  };
  await openDrawn(editor, drawn(PARTS, ['x first.x', 'first second.x', 'second y.in'], layout));
  const { page } = editor;
  const [from, to] = await Promise.all(['relu', 'first'].map(async (name) => (await editor.node(name).boundingBox())!));
  await page.mouse.move(from!.x + 30, from!.y + 10);
  await page.mouse.down();
  await page.mouse.move(from!.x + 24, from!.y + 12, { steps: 6 });
  await page.mouse.move(from!.x, from!.y + 30, { steps: 6 });
  await page.mouse.move(to!.x + 28, from!.y + 30, { steps: 6 });
  await expect(editor.canvas.locator('.guide[data-axis="x"]').first()).toBeVisible();
  await page.mouse.up();
  await expect(editor.canvas.locator('.guide')).toHaveCount(0);
  expect(savedPlaces(await editor.save()).get('relu')!.x).toBe(280);
  const box = (await editor.node('relu').boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 10);
  await page.mouse.down();
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 75, box.y + 47, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const { x, y } = savedPlaces(await editor.save()).get('relu')!;
  expect([Math.abs(x % 20), Math.abs(y % 20)]).toEqual([0, 0]);
});
