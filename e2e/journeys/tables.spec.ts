import type { Locator } from '@playwright/test';
import { faultDocument } from '../documents.ts';
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
  await expect(editor.wire(/^Wire from x to linear, \(batch, 4\)/)).toBeAttached();
  await editor.inspector.getByLabel('missing', { exact: true }).selectOption('mean');
  await editor.inspector.getByRole('switch', { name: 'standardize' }).click();
  await editor.set('learningRate', '0.05');
  await editor.train(150);
  await editor.tab('Training');
  expect(parseFloat(await editor.fact('Training', 'Test accuracy').innerText())).toBeGreaterThanOrEqual(90);
});

test('every kind of file says what was recognised of it, and the next file leaves nothing of the one before (T6, T7, T9)', async ({
  editor,
}) => {
  await editor.menu('File', /^New/);
  const region = columns(editor);
  const names = () => region.getByRole('rowheader').allInnerTexts();
  for (const [name, content, found, saying] of [
    ['doubled.csv', 'a,a,y\n1,2,0\n3,4,1\n', ['a', 'a (2)', 'y'], '2 rows; separated by comma, first line names the columns.'],
    ['quoted.csv', '"length, cm",width,species\n1,2,a\n3,4,b\n', ['length, cm', 'width', 'species'], 'separated by comma'],
    ['tab.tsv', 'a\tb\ty\r\n1\t2\t0\r\n3\t4\t1\r\n', ['a', 'b', 'y'], 'separated by tab'],
    ['bare.txt', '5.1 3.5 setosa\n4.9 3.0 virginica\n', ['column1', 'column2', 'column3'], 'separated by space, no line of names.'],
    [
      'survey.csv',
      Buffer.from(
        '\ufeff# of a survey\n# in March\nday;price;area;share;y;\n2024-01-31;$5;1.234,5;2 %;0;\n2024-02-01;$7;3,5;50 %;1;\n',
        'utf16le',
      ),
      ['day', 'price', 'area', 'share', 'y'],
      'semicolon, decimal comma, thousands apart by point (1.234,5 is 1234.5), percent as hundredths in share, 2 lines beginning with # left out, written as utf-16, first line',
    ],
    [
      'old.csv',
      Buffer.from('Größe;Höhe;Art\n1,5;2;a\n3;4;b\n', 'latin1'),
      ['Größe', 'Höhe', 'Art'],
      'semicolon, decimal comma, written as cp1252',
    ],
  ] as const) {
    await editor.loadTable(name, content);
    await expect.poll(names).toEqual(found);
    await expect(editor.inspector).toContainText(saying);
    if (name !== 'survey.csv') continue;
    // What looks like numbers and is none is said, and the document keeps how the file is written.
    await expect(editor.inspector).toContainText('Column "day" holds dates ("2024-01-31"), no numbers: it is ignored.');
    await expect(editor.inspector).toContainText('Column "price" holds amounts of money ("$5"): they are taken as words, not as numbers.');
    await editor.inspector.getByText('How the file is written').click();
    await expect(editor.inspector.getByLabel('thousands', { exact: true })).toHaveValue('.');
    await expect(editor.inspector.getByLabel('comment lines', { exact: true })).toHaveValue('#');
  }
  // More test rows than there are: said at once, and gone with its cause.
  await editor.set('testRows', '9999');
  await expect(editor.inspector).toContainText('fewer test rows than the 2 rows');
  await editor.set('testRows', '1');
  await expect(editor.inspector).not.toContainText('fewer test rows');
  // What is no table is refused in words, and the table before stays.
  await editor.loadTable('ragged.csv', 'a,b,y\n1,2,0\n1,2\n');
  await expect(editor.inspector).toContainText('Line 3, column 3');
  await expect.poll(names).toEqual(['Größe', 'Höhe', 'Art']);
});

test('ids go in as they are, and one without a row in its table is named before the run (T5, T10)', async ({ editor }) => {
  await editor.open('tokens.espalier', faultDocument('tokens'));
  await editor.ready('66');
  await editor.canvas.click({ position: { x: 20, y: 300 } });
  await editor.loadTable('tokens.csv', 't0,t1,t2,label\n1,2,3,0\n4,5,6,1\n7,8,9,0\n3,2,12,1\n');
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).not.toContainText('declare');
  await editor.press('Control+Enter');
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText('Row 4, column "t2": expected an id from 0 to 9');
  await editor.loadTable('tokens.csv', 't0,t1,t2,label\n1,2,3,0\n4,5,6,1\n7,8,9,0\n3,2,1,1\n');
  await editor.run();
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).not.toContainText('Row 4');
  // Pictures: as many numbers as there are columns.
  await editor.open('cnn.espalier', faultDocument('cnn-digits'));
  await editor.ready('2,610');
  await expect(editor.status).toContainText('No problems');
  await editor.run();
});
