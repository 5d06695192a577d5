import { faultDocument } from '../documents.ts';
import { expect, test } from '../fixtures.ts';

test.beforeEach(async ({ editor }) => {
  await editor.withoutPickers();
});

test('a training is stepped, gone back in, traced there, and gone on with from there as another course (row 42)', async ({ editor }) => {
  await editor.open('iris.espalier', faultDocument('iris-batch32'));
  await editor.ready('131');
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
