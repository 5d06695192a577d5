import type { Command } from './command.ts';
import { openExampleFile } from './shared/open-document.ts';

/** Opens an example as an untitled document, so that saving asks where and the example stays. */
export const openExampleCommand: Command = {
  id: 'open-example',
  title: 'Open Example…',
  group: 'file',
  section: 0,
  order: 30,
  keys: [],
  async run(context) {
    const file = await context.dialogs.ask('chooseExample', {});
    if (file !== undefined) await openExampleFile(context, file);
  },
};
