import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { violations } from '../axe.ts';
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

test('shares the model as one page that fetches and runs nothing, and opens as the model again', async ({ editor }, info) => {
  const { page } = editor;
  await editor.withoutPickers();
  const hostile = '</script></title><hostile onload="x"><img src="https://example.com/x.png">';
  const document = JSON.parse(readFileSync('assets/templates/transformer-encoder.espalier', 'utf8'));
  const root = document.classes[document.root.class];
  document.name = `Encoder ${hostile}`;
  root.doc = `A doc ${hostile}`;
  root.annotations = [
    ...(root.annotations ?? []),
    { id: 'a99', kind: 'note', x: 0, y: -200, width: 240, height: 60, text: `A note ${hostile}` },
  ];
  await editor.open('encoder.espalier', JSON.stringify(document));
  const before = await editor.save();
  const saved = page.waitForEvent('download');
  await editor.press('Control+k');
  await page.keyboard.type('share as one page');
  await page.keyboard.press('Enter');
  const file = info.outputPath('encoder.html');
  await (await saved).saveAs(file);

  const reader = await page.context().newPage();
  const fetched: string[] = [];
  const told: string[] = [];
  reader.on('request', (request) => fetched.push(request.url()));
  reader.on('console', (message) => told.push(message.text()));
  await reader.goto(`file://${file}`);
  await expect(reader.getByRole('heading', { level: 1 })).toContainText('Encoder </script>');
  await expect(reader.getByRole('listitem').filter({ hasText: 'A note </script>' })).toBeVisible();
  await expect(reader.locator('hostile, img, script:not([type="application/json"])')).toHaveCount(0);
  await expect(reader.getByRole('region', { name: 'Modules of the model' })).toContainText('Linear');
  const picture = reader.getByRole('region', { name: `Graph of ${root.name}` });
  await expect(picture).toContainText('(batch, ');
  await reader.screenshot({ path: info.outputPath('page.png') });
  // A box of a class leads to it.
  await picture.getByRole('link').first().click();
  expect(new URL(reader.url()).hash).toMatch(/^#class-\d$/);
  await expect(reader.locator('section:target')).toBeInViewport();
  expect(await violations(reader)).toEqual([]);
  await reader.screenshot({ path: info.outputPath('class.png'), fullPage: true });
  expect(fetched).toEqual([`file://${file}`]);
  expect(told).toEqual([]);
  await reader.close();

  // Back into the editor by a drop: untitled, so that saving never writes over the page.
  await page.getByRole('button', { name: 'File menu' }).press('Escape');
  await editor.openExample('Model');
  await editor.ready('25');
  const text = await readFile(file, 'utf8');
  const dropped = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'encoder.html', { type: 'text/html' }));
    return transfer;
  }, text);
  await editor.canvas.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Encoder </script>');
  const again = page.waitForEvent('download');
  await editor.press('Control+s');
  expect((await again).suggestedFilename()).toMatch(/\.espalier$/);
  expect(await readFile(await (await again).path(), 'utf8')).toBe(before);
});
