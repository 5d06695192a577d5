import type { Command } from './command.ts';
import { saveDocument } from './shared/save-document.ts';

/** To the file that the document came from; asks for one if there is none. */
export const saveCommand: Command = {
  id: 'save',
  title: 'Save',
  group: 'file',
  section: 1,
  order: 10,
  keys: ['Mod+S'],
  inTextFields: true,
  async run(context) {
    await saveDocument(context);
  },
};
