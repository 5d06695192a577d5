import type { Command } from './command.ts';

/** Back to the values that the seed gives: results, trained weights and optimizer state go, the document stays as it is. */
export const resetValuesCommand: Command = {
  id: 'reset-values',
  title: 'Forget Results and Trained Values',
  group: 'run',
  section: 1,
  order: 20,
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
