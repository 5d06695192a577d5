/** @file Notes and titled frames: written, framed, moved, copied, undone, and found in the saved file. */
import { readFile } from 'node:fs/promises';
import type { Editor } from '../pages/editor.ts';
import { expect, test } from '../fixtures.ts';

interface Annotation {
  readonly kind: string;
  readonly text?: string;
  readonly title?: string;
  readonly color?: string;
  readonly x: number;
}

async function saved(
  editor: Editor,
): Promise<{ readonly annotations: readonly Annotation[]; readonly layout: Record<string, { x: number }> }> {
  const { classes, root } = JSON.parse(await editor.save());
  const { annotations = [], layout } = classes[root.class];
  return { annotations, layout };
}

test('a note is written, a selection framed, the frame moved with what lies in it, and every step undone', async ({ editor }) => {
  const { page, canvas } = editor;
  await editor.withoutPickers();
  const before = await saved(editor);
  await canvas.getByLabel('Data flow').click({ position: { x: 600, y: 420 } });

  await editor.press('n');
  await expect(editor.canvas.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Reads digits\nof 8 by 8 pixels');
  await editor.press('Escape');
  const note = canvas.getByRole('group', { name: /^Note: Reads digits/ });
  await expect(note).toContainText('of 8 by 8 pixels');
  // By keyboard again: Enter types in what is selected.
  await editor.press('Enter');
  await expect(editor.canvas.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Looks at digits');
  await editor.press('Escape');
  await expect(canvas.getByRole('group', { name: 'Note: Looks at digits' })).toBeVisible();
  await expect(editor.undoButton).toHaveAccessibleName(/Edit note/);
  await editor.press('Control+z');
  await expect(note).toBeVisible();

  await editor.node('linear1').click();
  await editor.node('dropout').click({ modifiers: ['Shift'] });
  await editor.press('Control+j');
  await expect(editor.canvas.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Encoder');
  await editor.press('Enter');
  const frame = canvas.getByRole('group', { name: 'Frame: Encoder' });
  await expect(frame).toBeVisible();
  await editor.inspector
    .getByRole('button', { name: /Frame colour/ })
    .or(editor.inspector.getByLabel('Frame colour'))
    .first()
    .selectOption('blue');
  const { annotations, layout } = await saved(editor);
  expect(annotations).toMatchObject([
    { kind: 'note', text: 'Reads digits\nof 8 by 8 pixels' },
    { kind: 'frame', title: 'Encoder', color: 'blue' },
  ]);

  const title = frame.getByText('Encoder');
  const at = (await title.boundingBox())!;
  await page.mouse.move(at.x + 8, at.y + 8);
  await page.mouse.down();
  await page.mouse.move(at.x + 60, at.y + 100, { steps: 5 });
  await page.mouse.up();
  const moved = await saved(editor);
  const shifted = Object.keys(layout).filter((id) => moved.layout[id]!.x !== layout[id]!.x);
  expect(shifted.length).toBeGreaterThanOrEqual(2);
  expect(shifted.length).toBeLessThan(Object.keys(layout).length);

  await editor.press('Control+d');
  await expect(canvas.getByRole('group', { name: 'Frame: Encoder' })).toHaveCount(2);
  await editor.press('Delete');
  await expect(canvas.getByRole('group', { name: 'Frame: Encoder' })).toHaveCount(1);
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/notes.png` });
  while (await editor.undoButton.isEnabled()) await editor.press('Control+z');
  expect(await saved(editor)).toEqual(before);
});

test('a note is added in sight, and pasted elsewhere with what it explains', async ({ editor }) => {
  const { page, canvas } = editor;
  await editor.node('linear1').click();
  await editor.press('n');
  await expect(editor.canvas.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('First layer');
  await editor.press('Escape');
  await editor.node('linear1').click({ modifiers: ['Shift'] });
  await editor.press('Control+c');
  await editor.openExample('Block with SubModule');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Don’t save' }).click();
  await editor.press('Control+v');
  await expect(canvas.getByRole('group', { name: 'Note: First layer' })).toBeVisible();
  await expect(editor.undoButton).toHaveAccessibleName(/Paste 1 node and 1 note/);
});

test('the note of a wire leads to it, moves with it, is found and pictured, and goes with it', async ({ editor }, info) => {
  const { page, canvas } = editor;
  await editor.withoutPickers();
  const before = await editor.save();
  const wire = editor.wire(/^Wire from relu to dropout/).first();
  await wire.click();
  await editor.press('n');
  await expect(canvas.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Half of these are dropped');
  await editor.press('Escape');
  const note = canvas.getByRole('group', { name: 'Note of a wire: Half of these are dropped' });
  await expect(note.locator('.note-leader circle')).toBeVisible();
  await page.screenshot({ path: info.outputPath('note.png') });
  const noteIn = (text: string): { readonly x: number; readonly y: number; readonly wire: string } => {
    const { classes, root } = JSON.parse(text);
    return classes[root.class].annotations[0];
  };
  const placed = noteIn(await editor.save());
  expect(placed.wire).toMatch(/^w/);
  // Both ends are moved by as much.
  await editor.node('relu').click();
  await editor.node('dropout').click({ modifiers: ['Shift'] });
  await editor.press('Alt+ArrowDown');
  await expect(editor.undoButton).toHaveAccessibleName(/Move|Nudge/);
  const moved = noteIn(await editor.save());
  expect([moved.x - placed.x, moved.y > placed.y]).toEqual([0, true]);
  // Found through all classes.
  await editor.press('Control+f');
  await page.keyboard.type('half of these');
  await page.keyboard.press('Enter');
  await expect(note).toBeFocused();
  const picture = page.waitForEvent('download');
  await editor.press('Control+k');
  await page.keyboard.type('save graph as svg');
  await page.keyboard.press('Enter');
  const svg = await readFile(await (await picture).path(), 'utf8');
  expect(svg).toContain('Half of these are dropped');
  expect(svg).toContain('<line ');
  await wire.click();
  await editor.press('Delete');
  await expect(note).toHaveCount(0);
  await editor.press('Control+z');
  await expect(note).toBeVisible();
  while (await editor.undoButton.isEnabled()) await editor.press('Control+z');
  expect(await editor.save()).toBe(before);
});
