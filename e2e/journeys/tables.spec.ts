import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import type { Editor } from '../pages/editor.ts';

/** As a spreadsheet of another country writes it, sorted by class: an index, decimal commas, quoted words with line breaks, gaps. The leaf tells the kind. */
function treesTable(): string {
  const rows = Array.from({ length: 180 }, (_, i) => {
    const kind = Math.floor(i / 60);
    const width = i % 11 === 4 ? ['', 'NA', '?'][i % 3]! : `${kind === 2 ? 8 : 2},${(i * 7) % 10}`;
    const leaf = ['"dark; red\r\nand ""long"""', 'gelb-grün', 'gelb-grün'][kind]!;
    return `${i};${width};${i % 23 === 5 ? 'braun' : leaf};${['Eiche', '"Birke; weiß"', 'Esche'][kind]!}`;
  });
  return [';Breite;"Blatt; im ""Herbst""";Art', ...rows, ''].join('\r\n');
}

const columns = (editor: Editor): Locator => editor.inspector.getByRole('region', { name: 'Columns of the table' });
const role = (editor: Editor, column: string): Locator => editor.inspector.getByLabel(`Role of ${column}`, { exact: true });

test.beforeEach(async ({ editor }) => {
  await editor.withoutPickers();
});

test('a table of words, quotes and gaps is taken from a file and learned (T7, T8, T11)', async ({ editor }) => {
  await editor.menu('File', /^New/);
  await editor.dragFromPalette('Linear', 420, 220);
  await editor.connect('x', 'linear');
  await editor.connect('linear', 'y');
  await editor.press('Escape');
  await editor.loadTable('trees.csv', `\ufeff${treesTable()}`);
  await expect(columns(editor)).toContainText('and "long"');
  await expect(editor.inspector).toContainText('180 rows; separated by semicolon, decimal comma, first line names the columns.');
  await expect(role(editor, 'column1')).toHaveValue('ignored');
  await expect(role(editor, 'Breite')).toHaveValue('feature');
  await expect(role(editor, 'Blatt; im "Herbst"')).toHaveValue('oneHot');
  await expect(role(editor, 'Art')).toHaveValue('label');

  // Loss, input and the last layer, in one step.
  await editor.inspector.getByRole('button', { name: 'Fit the model to the data' }).click();
  await expect(editor.inspector.getByLabel('Loss', { exact: true })).toHaveValue('crossEntropy');
  await expect(editor.status).toContainText('No problems');
  await expect(editor.wire('Wire (batch, 4)')).toBeAttached();
  await editor.inspector.getByLabel('missing', { exact: true }).selectOption('mean');
  await editor.inspector.getByRole('switch', { name: 'standardize' }).click();
  await editor.set('learningRate', '0.05');
  await editor.train(150);
  await editor.tab('Training');
  expect(parseFloat(await editor.fact('Training', 'Test accuracy').innerText())).toBeGreaterThanOrEqual(90);
});
