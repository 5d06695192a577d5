/** @file All commands, in the order of the menus. */
import { isPossible, type Command, type CommandContext } from './command.ts';
import { enterClassCommand, leaveClassCommand, newClassCommand } from './classes.ts';
import { copyCommand, cutCommand, pasteCommand } from './clipboard.ts';
import { commandPaletteCommand } from './command-palette.ts';
import { connectSelectedCommand } from './connect-selected.ts';
import { copyCodeCommand } from './copy-code.ts';
import { deleteAndReconnectCommand } from './delete-and-reconnect.ts';
import { deleteSelectionCommand } from './delete-selection.ts';
import { deselectCommand } from './deselect.ts';
import { duplicateCommand } from './duplicate.ts';
import { findInPaletteCommand, findModulesCommand } from './focus-fields.ts';
import { groupIntoClassCommand } from './group-into-class.ts';
import { aboutCommand, shortcutsCommand } from './help.ts';
import { matchesKeys, type KeyPress } from './keys.ts';
import { newCommand } from './new.ts';
import { openExampleCommand } from './open-example.ts';
import { openCommand } from './open.ts';
import { panelCommands } from './panels.ts';
import { redoCommand } from './redo.ts';
import { renameCommand } from './rename.ts';
import { resetValuesCommand } from './reset-values.ts';
import { runCommand } from './run-forward-backward.ts';
import { saveAsCommand } from './save-as.ts';
import { saveCodeCommand } from './save-code.ts';
import { saveTrainingCommand } from './save-training.ts';
import { saveCommand } from './save.ts';
import { selectAllCommand } from './select-all.ts';
import { stopCommand } from './stop.ts';
import { themeCommands } from './theme.ts';
import { toggleLensCommand } from './toggle-lens.ts';
import { toggleModeCommand } from './toggle-mode.ts';
import { trainAfreshCommand, trainCommand } from './train.ts';
import { undoCommand } from './undo.ts';
import { zoomToFitCommand, zoomToSelectionCommand } from './zoom-to-fit.ts';

export const COMMANDS: readonly Command[] = [
  newCommand,
  openCommand,
  openExampleCommand,
  saveCommand,
  saveAsCommand,
  saveCodeCommand,
  saveTrainingCommand,
  copyCodeCommand,
  undoCommand,
  redoCommand,
  cutCommand,
  copyCommand,
  pasteCommand,
  renameCommand,
  duplicateCommand,
  deleteSelectionCommand,
  deleteAndReconnectCommand,
  connectSelectedCommand,
  selectAllCommand,
  deselectCommand,
  findModulesCommand,
  findInPaletteCommand,
  newClassCommand,
  groupIntoClassCommand,
  toggleLensCommand,
  zoomToFitCommand,
  zoomToSelectionCommand,
  enterClassCommand,
  leaveClassCommand,
  ...panelCommands,
  ...themeCommands,
  runCommand,
  trainCommand,
  trainAfreshCommand,
  stopCommand,
  toggleModeCommand,
  resetValuesCommand,
  commandPaletteCommand,
  shortcutsCommand,
  aboutCommand,
];

export function findCommand(id: string): Command | undefined {
  return COMMANDS.find((command) => command.id === id);
}

/** Runs a command by its id, if there is one and it is possible now. */
export function runCommandById(id: string, context: CommandContext): void {
  const command = findCommand(id);
  if (command && isPossible(command, context)) void command.run(context);
}

/** The command of a key press. While a text field has the focus, only those that say so. */
export function findByKeys(press: KeyPress, place: { readonly inTextField: boolean; readonly isMac: boolean }): Command | undefined {
  return COMMANDS.find(
    (command) =>
      (!place.inTextField || command.inTextFields === true) && command.keys.some((keys) => matchesKeys(press, keys, place.isMac)),
  );
}
