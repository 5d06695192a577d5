import { expect, it } from 'vitest';
import { orTell, tellStrayFaults } from './or-tell.ts';
import { createDialogs } from './questions.ts';

const notices = (dialogs: ReturnType<typeof createDialogs>) => dialogs.getState().notices.map(({ text }) => text);

it('tells of work that failed and that nobody waited for (D7)', async () => {
  const dialogs = createDialogs();
  orTell(dialogs, 'The preferences could not be kept', Promise.reject(new Error('The disk is full.')));
  orTell(dialogs, 'Nothing', Promise.resolve());
  await Promise.resolve();
  expect(notices(dialogs)).toEqual(['The preferences could not be kept: The disk is full.']);
});

it('tells of a rejection that came past everything else, until it is ended (D7)', () => {
  const dialogs = createDialogs();
  const page = new EventTarget();
  const end = tellStrayFaults(dialogs, page as unknown as Window);
  const reject = () => page.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new Error('Lost.') }));
  reject();
  end();
  reject();
  expect(notices(dialogs)).toEqual(['Something went wrong: Lost. Your model is still open; save it to be sure.']);
});
