import type { Command } from './command.ts';

export const resetValuesCommand: Command = {
  id: 'reset-values',
  title: 'Forget Results and Trained Values',
  group: 'run',
  section: 1,
  keys: [],
  when({ runs }) {
    const { result, training } = runs.getState();
    return result !== null || training !== null;
  },
  run({ client, document }) {
    client.reset();
    client.describe(document.getState().document);
  },
};
