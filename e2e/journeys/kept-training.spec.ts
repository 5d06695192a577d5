import { faultDocument } from '../documents.ts';
import { expect, test } from '../fixtures.ts';
import type { Editor } from '../pages/editor.ts';

test.beforeEach(async ({ editor }) => {
  await editor.withoutPickers();
});

const weights = (editor: Editor) => editor.fact('Run', 'Weights');
const step = (editor: Editor) => editor.fact('Training', 'Step');

test('a training outlives many edits of the document, and every run says whose weights it used (T2, T3)', async ({ editor }) => {
  await editor.open('train.espalier', faultDocument('C-train'));
  await editor.ready('4,938');
  await editor.run();
  await editor.tab('Results');
  await expect(weights(editor)).toHaveText('fresh from seed 0');
  await editor.train(40);
  await editor.tab('Results');
  await expect(editor.panel('Results')).toContainText('Stale: ');
  await editor.run();
  await editor.tab('Results');
  await expect(weights(editor)).toHaveText('trained, step 40');
  await expect(editor.panel('Results')).not.toContainText('Stale');

  const edits: Readonly<Record<string, () => Promise<void>>> = {
    'another learning rate': () => editor.set('learningRate', '0.001'),
    'another optimiser': async () => void (await editor.inspector.getByLabel('Optimiser', { exact: true }).selectOption('sgd')),
    'another batch size': () => editor.set('Batch size', '64'),
    'the other mode': () => editor.mode('Eval'),
    'and back': () => editor.mode('Train'),
    'a sow': async () => {
      await editor.wire(/^Wire from linear2 to y,/).click();
      await editor.inspector.getByRole('switch', { name: 'Sow' }).click();
    },
    'another name of a member': async () => {
      await editor.node('drop').click();
      await editor.press('F2');
      await editor.page.getByRole('dialog').getByRole('textbox').fill('dropout');
      await editor.page.keyboard.press('Enter');
      await expect(editor.node('dropout')).toBeVisible();
    },
    'another place': async () => {
      await editor.node('dropout').click();
      await editor.press('Alt+Shift+ArrowDown');
    },
    'a view': async () => {
      await editor.page.getByRole('combobox', { name: 'Filter modules' }).fill('Dropout');
      await editor.page.getByRole('button', { name: 'Keep as a view' }).click();
    },
    'another rate of the dropout': async () => {
      await editor.node('dropout').click();
      await editor.set('rate', '0.25');
    },
    'a class around layers': async () => {
      await editor.node('linear1').click();
      await editor.node('bn').click({ modifiers: ['Shift'] });
      await editor.press('Control+g');
      await expect(editor.node('block')).toBeVisible();
    },
    'the other lens': async () => {
      await editor.lens('Structure');
      await editor.lens('Data flow');
    },
    'a setting': async () => {
      const bar = editor.page.getByRole('form', { name: 'Filter' });
      await bar.getByLabel('Attribute to set').selectOption('deterministic');
      await bar.getByRole('button', { name: 'Set on matches' }).click();
      await expect(editor.node('dropout')).toContainText('eval');
    },
  };
  let done = 40;
  for (const [what, edit] of Object.entries(edits)) {
    await test.step(what, async () => {
      await edit();
      await editor.press('Escape');
      await editor.train(1, 'Continue Training');
      done += 1;
      await expect(step(editor)).toHaveText(`${done} of ${done}`);
    });
  }
  await editor.run();
  await editor.tab('Results');
  await expect(weights(editor)).toHaveText(`trained, step ${done}`);

  // Another architecture has other weights, and says so; undone, the trained ones are there again.
  await editor.node('block').click();
  await editor.press('Enter');
  await editor.node('linear1').click();
  await editor.inspector.getByRole('switch', { name: 'useBias' }).click();
  await editor.train(1, 'Continue Training');
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText('Undo the change to have the trained ones again.');
  await editor.undoButton.click();
  await editor.run();
  await editor.tab('Results');
  await expect(weights(editor)).toHaveText(`trained, step ${done}`);
});

test('a training that diverged keeps its last finite weights, and a calmer one goes on from them (T4)', async ({ editor }) => {
  await editor.open('nan.espalier', faultDocument('nan-training'));
  await editor.ready('2,410');
  await editor.train(60);
  await expect(editor.panel('Training')).toContainText(/NaN at step \d/);
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText(/became NaN at step \d+, and training stopped/);
  await editor.canvas.click({ position: { x: 20, y: 300 } });
  await editor.set('learningRate', '0.001');
  await editor.run();
  await editor.tab('Results');
  expect(await editor.fact('Run', 'Loss').innerText()).not.toMatch(/NaN|∞/);
  await editor.train(3, 'Continue Training');
  expect(await editor.fact('Training', 'Loss').innerText()).not.toMatch(/NaN|∞/);
});
