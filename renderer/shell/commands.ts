/**
 * @file All commands, as the menus list them: what the files of `renderer/commands` named `*.command.ts` export, and one for each panel, which shows it.
 */
import { COMMAND_GROUPS, invoke, type Command, type CommandContext } from '../commands/command.ts';
import { matchesKeys, type KeyPress } from '../commands/keys.ts';
import { keysOf, type OwnKeys } from '../commands/own-keys.ts';
import { showPanelCommand } from '../commands/show-panel.ts';
import { PANELS } from './panels.ts';

const files = import.meta.glob<Readonly<Record<string, unknown>>>('../commands/*.command.ts', { eager: true });

/** A file exports a command, several that belong together, or a list of them; what else it exports is for its neighbours. */
function isCommand(value: unknown): value is Command {
  return typeof value === 'object' && value !== null && 'id' in value && 'group' in value && 'run' in value;
}

const groups = Object.keys(COMMAND_GROUPS);

export const COMMANDS: readonly Command[] = [
  ...Object.values(files)
    .flatMap((file) => Object.values(file).flat())
    .filter(isCommand),
  ...PANELS.map(showPanelCommand),
].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || a.section - b.section || a.order - b.order);

export function findCommand(id: string): Command | undefined {
  return COMMANDS.find((command) => command.id === id);
}

/** Runs a command by its id, if there is one and it is possible now. */
export function runCommandById(id: string, context: CommandContext): void {
  const command = findCommand(id);
  if (command) invoke(command, context);
}

const NO_OWN_KEYS: OwnKeys = {};

/** The command of a key press. While a text field has the focus, only those that say so. */
export function findByKeys(
  press: KeyPress,
  place: {
    readonly inTextField: boolean;
    readonly isUntouched?: boolean;
    readonly isMac: boolean;
    readonly own?: OwnKeys;
    readonly onCanvas?: boolean;
  },
): Command | undefined {
  return COMMANDS.find(
    (command) =>
      (command.keysOn !== 'canvas' || place.onCanvas === true) &&
      (!place.inTextField || command.inTextFields === true || (command.inTextFields === 'untouched' && place.isUntouched === true)) &&
      keysOf(command, place.own ?? NO_OWN_KEYS).some((keys) => matchesKeys(press, keys, place.isMac)),
  );
}
