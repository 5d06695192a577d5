import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';

test('saves the whole graph as an SVG that stands alone and as a PNG of twice its size', async ({ editor }) => {
  const { page } = editor;
  await editor.withoutPickers();
  // Far from what is drawn: the picture has all of it all the same.
  const ways = await editor.canvas.locator('path.wire').evaluateAll((all) => all.map((each) => each.getAttribute('d')));
  await page.setViewportSize({ width: 700, height: 420 });
  const save = async (name: string): Promise<Buffer> => {
    const saved = page.waitForEvent('download');
    await editor.press('Control+k');
    await page.keyboard.type(`save graph as ${name}`);
    await page.keyboard.press('Enter');
    return readFile(await (await saved).path());
  };
  const svg = (await save('svg')).toString('utf8');
  // In a page of its own: the editor's policy lets nothing be parsed.
  const reader = await page.context().newPage();
  const read = await reader.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const texts = [...root.querySelectorAll('text')].map((each) => each.textContent);
    return {
      tag: root.tagName,
      texts,
      wires: [...root.querySelectorAll('path')].map((each) => each.getAttribute('d')),
      size: [root.getAttribute('width'), root.getAttribute('height')].map(Number),
    };
  }, svg);
  expect(read.tag).toBe('svg');
  expect(read.texts).toEqual(
    expect.arrayContaining(['linear1', 'Linear', 'relu', 'dropout', 'linear2', '(batch, 64)', 'hidden', '(batch, 32)']),
  );
  // Led as on the canvas.
  expect(ways.length).toBeGreaterThan(3);
  expect(read.wires).toEqual(expect.arrayContaining(ways));
  expect(svg).not.toMatch(/href|<style|url\(/);
  const png = await save('png');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(read.size.map((each) => Math.round(each! * 2)));
});
