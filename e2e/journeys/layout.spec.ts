import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const area = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);

async function box(locator: Locator): Promise<Box> {
  const { x, y, width, height } = (await locator.boundingBox())!;
  return { left: x, top: y, right: x + width, bottom: y + height };
}

// The last is a page of 1440 by 900 at a zoom of 200 %.
for (const [width, height] of [
  [1440, 900],
  [1024, 700],
  [720, 450],
] as const) {
  test.describe(`in a window of ${width} by ${height}`, () => {
    // Opened at that size: a window that becomes narrow keeps the panels that were open.
    test.use({ viewport: { width, height } });
    test(`nothing is cut off, nothing overlaps, and the canvas has the most room at ${width} by ${height} (E9)`, async ({ editor }) => {
      await editor.ready('2,474');
      await editor.run();
      expect(await editor.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const bar = editor.page.getByRole('banner');
      const groups = [
        editor.page.getByRole('navigation', { name: 'Menus' }),
        editor.page.getByRole('group', { name: 'History' }),
        editor.page.getByRole('radiogroup', { name: 'Lens' }),
        editor.page.getByRole('radiogroup', { name: 'Mode of the model' }),
        editor.page.getByRole('group', { name: 'Run', exact: true }),
      ];
      let end = (await box(bar)).left;
      for (const group of groups) {
        const { left, right } = await box(group);
        expect(left).toBeGreaterThanOrEqual(end);
        end = right;
      }
      expect(end).toBeLessThanOrEqual(width);
      const canvas = await box(editor.canvas);
      for (const name of ['Palette', 'Modules', 'Inspector']) {
        // A narrow window begins without the palette.
        const panel = editor.page.getByRole('region', { name, exact: true });
        if (await panel.isVisible()) expect(area(canvas)).toBeGreaterThan(area(await box(panel)));
      }
      // Every node of the example lies free of what lies on the canvas.
      const covers = await Promise.all([box(editor.canvas.getByRole('navigation')), box(editor.canvas.locator('.heat-legend'))]);
      for (const node of await editor.canvas
        .getByRole('group')
        .filter({ has: editor.page.locator('.node') })
        .all()) {
        const { left, top, right, bottom } = await box(node);
        for (const cover of covers)
          expect(left < cover.right && right > cover.left && top < cover.bottom && bottom > cover.top).toBe(false);
      }
    });
  });
}
