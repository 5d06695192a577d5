import type { Command } from './command.ts';
import { saveDocument } from './shared/save-document.ts';

/** To a file that the user picks, which is the document’s from then on. */
export const saveAsCommand: Command = {
  id: 'save-as',
  title: 'Save As…',
  group: 'file',
  section: 1,
  order: 20,
  keys: ['Mod+Shift+S'],
  inTextFields: true,
  async run(context) {
    await saveDocument(context, { as: true });
  },
};
