import type { Command } from './command.ts';
import { saveDocument } from './shared/save-document.ts';

export const saveAsCommand: Command = {
  id: 'save-as',
  title: 'Save As…',
  group: 'file',
  section: 1,
  keys: ['Mod+Shift+S'],
  inTextFields: true,
  async run(context) {
    await saveDocument(context, { as: true });
  },
};
