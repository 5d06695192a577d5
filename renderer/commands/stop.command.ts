import { isBusy } from '../state/runs/store.ts';
import type { Command } from './command.ts';

/** Ends a run or a training after its present step and keeps what was trained; a step that does not end takes it along. */
export const stopCommand: Command = {
  id: 'stop',
  title: 'Stop',
  group: 'run',
  section: 0,
  order: 40,
  keys: ['Mod+.', 'Mod+Alt+Enter'],
  inTextFields: true,
  when: ({ runs }) => isBusy(runs.getState()),
  needs: 'Nothing runs.',
  run({ client }) {
    client.stop();
  },
};
