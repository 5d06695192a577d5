import { expect, test } from '../fixtures.ts';

test.beforeEach(async ({ editor }) => {
  await editor.withoutPickers();
});

test('a training is stepped, gone back in, traced there, and gone on with from there as another course (row 42)', async ({ editor }) => {
  await editor.train(30);
  const training = editor.panel('Training');
  const steps = training.getByRole('group', { name: 'Steps of the training' });
  const step = editor.fact('Training', 'Step');
  const loss = editor.fact('Training', 'Loss');
  const scrubber = training.getByRole('slider', { name: 'Step to go to' });
  await expect(scrubber).toHaveAttribute('aria-valuetext', 'Step 30 of 30');

  await test.step('one step more, and one back', async () => {
    await steps.getByRole('button', { name: 'Train One Step' }).click();
    await expect(step).toHaveText('31 of 31');
    const lossOf31 = await loss.innerText();
    await editor.idle();
    await steps.getByRole('button', { name: 'Go Back One Step' }).click();
    await expect(step).toHaveText('30 of 31');
    await expect(training).toContainText('Back at step 30');
    await editor.idle();
    // The same step once more gives the same loss.
    await steps.getByRole('button', { name: 'Train One Step' }).click();
    await expect(step).toHaveText('31 of 31');
    await expect(loss).toHaveText(lossOf31);
    await editor.idle();
  });

  await test.step('to an earlier step, and a look at what the one behind it saw', async () => {
    await scrubber.fill('12');
    await expect(step).toHaveText('12 of 31');
    await editor.idle();
    await steps.getByRole('button', { name: 'Run What the Next Step Sees' }).click();
    await expect(editor.fact('Run', 'Weights')).toHaveText('trained, step 12');
    await editor.idle();
    await editor.tab('Runs');
    await expect(editor.panel('Runs')).toContainText('as step 13');
  });

  await test.step('what parameters and gradients did over the steps, beside the same scrubber (rows 50 and 56)', async () => {
    await editor.tab('Training');
    const over = training.getByRole('region', { name: 'Values over steps' });
    await over.getByRole('button', { name: 'Show over the steps' }).click();
    await expect(over.getByRole('img', { name: /^gradient of .* by step: least, middle and greatest now / }).first()).toBeVisible();
    await editor.idle();
  });

  await test.step('on from there: the course that was left stays to compare with', async () => {
    await editor.tab('Training');
    await steps.getByRole('button', { name: 'Train One Step' }).click();
    await expect(step).toHaveText('13 of 13');
    await expect(training.getByText('Training 3', { exact: true })).toBeVisible();
    await expect(training.getByText('Training 2', { exact: true })).toBeVisible();
    await editor.idle();
    await training.getByRole('button', { name: 'Forget Training 1' }).click();
    await expect(training.getByText('Training 1', { exact: true })).toHaveCount(0);
  });
});

test('a condition pauses the training before the step in which it becomes true, and that step is looked into (row 62)', async ({
  editor,
}) => {
  await editor.tab('Training');
  const training = editor.panel('Training');
  await training.getByRole('button', { name: 'Add a condition …' }).click();
  const form = training.getByRole('form', { name: 'Another condition' });
  await form.getByLabel('What is watched').selectOption('output');
  await form.getByRole('textbox', { name: 'Modules by filter' }).fill('Linear');
  await form.getByRole('textbox', { name: 'Limit' }).fill('1');
  await form.getByRole('textbox', { name: 'Limit' }).press('Enter');
  await form.getByRole('button', { name: 'Add' }).click();
  await editor.train(20);
  const note = training.getByRole('note');
  await expect(note).toContainText(/^Paused before step \d+: output of \w+: norm [\d.]+, above 1\. The weights are those after step \d+/);
  await editor.tab('Results');
  await expect(editor.fact('Run', 'As step')).toHaveText(/^\d+$/);
  await editor.tab('Training');
  await note.getByRole('button', { name: 'Show the place' }).click();
  await training.getByRole('button', { name: /^Pause no longer when outputs of modules of Linear: norm above 1/ }).click();
  await editor.train(3, 'Continue Training');
  await expect(training.getByRole('note')).toHaveCount(0);
});

test('a run up to a node leaves what lies behind it alone, and says so (row 45)', async ({ editor }) => {
  await editor.node('linear1').click({ button: 'right' });
  await editor.page.getByRole('menuitem', { name: /^Run to Here/ }).click();
  await expect(editor.fact('Run', 'Only up to')).toHaveText(/\w/);
  await editor.idle();
  await expect(editor.fact('Run', 'Wires')).toHaveText('2');
  await editor.tab('Runs');
  await expect(editor.panel('Runs')).toContainText(', up to ');
});
