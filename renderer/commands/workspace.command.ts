import { resetLayout, toWorkspace, WORKSPACES, type Workspace } from '../state/session/workspaces.ts';
import type { Command } from './command.ts';

/** Tests in plain Node have no window. */
const windowWidth = (): number => globalThis.innerWidth ?? 1440;

/** One of several layouts of the window, of which the present one is ticked. */
function workspaceCommand({ id, title }: Workspace, index: number): Command {
  return {
    id: `workspace-${id}`,
    title: `${title} Workspace`,
    group: 'view',
    section: 2.2,
    submenu: 'Workspace',
    order: 10 * index,
    keys: [`Alt+${index + 1}`],
    inTextFields: true,
    isChosen: ({ session }) => session.getState().workspace === id,
    run({ session }) {
      session.set(toWorkspace(session.getState(), id, windowWidth()));
    },
  };
}

export const workspaceCommands: readonly Command[] = WORKSPACES.map(workspaceCommand);

export const resetWorkspaceCommand: Command = {
  id: 'reset-workspace',
  title: 'Reset the Workspace',
  group: 'view',
  section: 2.3,
  submenu: 'Workspace',
  order: 100,
  keys: [],
  run({ session }) {
    session.set(resetLayout(session.getState(), windowWidth()));
  },
};

/** Everything but the canvas steps back, and comes again as it was. */
export const focusCanvasCommand: Command = {
  id: 'focus-canvas',
  title: 'Canvas Alone',
  titleNow: ({ session }) => (session.getState().isFocused ? 'All Panels Again' : 'Canvas Alone'),
  group: 'view',
  section: 1,
  order: 110,
  keys: ['F11', 'Mod+\\'],
  run({ session }) {
    session.set({ isFocused: !session.getState().isFocused });
  },
};
