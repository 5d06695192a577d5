/** @file Going on through what the last search found, without the dialog. */
import { findText, findIndex } from '../state/derived/find-text.ts';
import type { Command, CommandContext } from './command.ts';
import { showFound } from './show-found.ts';

/** Jumps to one of what a text finds, and remembers it. `at` counts from 0, beyond the ends it goes round. */
export function goToFound(context: CommandContext, text: string, found: ReturnType<typeof findText>, at: number): void {
  const { session } = context;
  const index = ((at % found.length) + found.length) % found.length;
  const to = found[index];
  if (!to) return;
  showFound(context, to);
  session.set({ lastFind: { text, key: to.key, at: index, count: found.length, selection: session.getState().selection } });
}

function findAgain(step: 1 | -1, id: string, title: string, order: number, keys: readonly string[]): Command {
  return {
    id,
    title,
    group: 'edit',
    section: 4,
    order,
    keys,
    inTextFields: true,
    async run(context) {
      const { dialogs, document, check, session } = context;
      const { lastFind } = session.getState();
      if (!lastFind) {
        void dialogs.ask('find', {});
        return;
      }
      const index = await findIndex(document.getState().document, check.getState().check);
      const found = findText(index, lastFind.text);
      if (found.length === 0) return dialogs.tell(`Nothing has “${lastFind.text}” any more.`, 'info');
      const now = found.findIndex(({ key }) => key === lastFind.key);
      // What was there may be gone: what has its number now comes next.
      goToFound(context, lastFind.text, found, now === -1 ? lastFind.at - (step === 1 ? 0 : 1) : now + step);
    },
  };
}

export const findNextCommand = findAgain(1, 'find-next', 'Find Next', 26, ['F3']);
export const findPreviousCommand = findAgain(-1, 'find-previous', 'Find Previous', 27, ['Shift+F3']);
