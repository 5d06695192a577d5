import { faultDocument } from '../documents.ts';
import { expect, test } from '../fixtures.ts';

test.beforeEach(async ({ editor }) => {
  await editor.withoutPickers();
});

test('the sorted irises are learned, tested on every species, and both losses are drawn (T1, T12, T13)', async ({ editor }) => {
  await editor.open('iris.espalier', faultDocument('iris-batch32'));
  await editor.ready('131');
  await editor.train(200);
  expect(parseFloat(await editor.fact('Training', 'Test accuracy').innerText())).toBeGreaterThanOrEqual(90);
  const training = editor.panel('Training');
  await expect(training.locator('[data-series="test"]')).toBeVisible();
  await expect(editor.status).toContainText('No problems');
  // Four steps are an epoch of 120 rows: each is tested, the first and the last among them.
  await expect(training.getByRole('img', { name: /^Test accuracy by step, now 9|^Test accuracy by step, now 100/ })).toBeVisible();
});

test('losses below zero are drawn on an axis that fits them (T12)', async ({ editor }) => {
  await editor.open('negative.espalier', faultDocument('negative-loss'));
  await editor.ready('3');
  await editor.train(60);
  const plot = editor.panel('Training').getByRole('img', { name: /^Loss by step, now −/ });
  await expect(plot).toBeVisible();
  await expect(editor.panel('Training').getByRole('radiogroup', { name: 'Axis of the loss' })).toHaveCount(0);
  expect(await plot.locator('canvas').evaluate(countColoured)).toBeGreaterThan(100);
});

/** Runs in the page: points of a plot that are neither paper nor grey. */
function countColoured(canvas: HTMLElement | SVGElement): number {
  const { width, height } = canvas as HTMLCanvasElement;
  const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    const colors = [data[i]!, data[i + 1]!, data[i + 2]!];
    if (data[i + 3]! > 128 && Math.max(...colors) - Math.min(...colors) > 60) count++;
  }
  return count;
}
