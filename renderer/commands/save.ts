import type { Command } from './command.ts';
import { saveDocument } from './shared/save-document.ts';

export const saveCommand: Command = {
  id: 'save',
  title: 'Save',
  group: 'file',
  section: 1,
  keys: ['Mod+S'],
  inTextFields: true,
  async run(context) {
    await saveDocument(context);
  },
};
