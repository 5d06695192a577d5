import { MODEL_FILE, PAGE_FILE, PYTHON_FILE } from '../platform/kinds.ts';
import type { Command } from './command.ts';
import { openAnyFile } from './shared/open-any-file.ts';
import { reportFailure } from '../state/edit-or-tell.ts';

/** A file that cannot be read or does not fit leaves what is open as it was. */
export const openCommand: Command = {
  id: 'open',
  title: 'Open…',
  group: 'file',
  section: 0,
  order: 20,
  keys: ['Mod+O'],
  inTextFields: true,
  async run(context) {
    try {
      const file = await context.platform.openFile([MODEL_FILE, PAGE_FILE, PYTHON_FILE]);
      if (file) await openAnyFile(context, file);
    } catch (error) {
      reportFailure(context, 'The file could not be read', error, 'Check that it is still there and that you may read it.');
    }
  },
};
