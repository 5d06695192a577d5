/** @file All commands, in the order of the menus: those of the editor, and one for each panel, which shows it. */
import { invoke, type Command, type CommandContext } from '../commands/command.ts';
import { enterClassCommand, leaveClassCommand, newClassCommand } from '../commands/classes.ts';
import { copyCommand, cutCommand, pasteCommand } from '../commands/clipboard.ts';
import { commandPaletteCommand } from '../commands/command-palette.ts';
import { connectSelectedCommand } from '../commands/connect-selected.ts';
import { copyCodeCommand } from '../commands/copy-code.ts';
import { deleteAndReconnectCommand } from '../commands/delete-and-reconnect.ts';
import { deleteSelectionCommand } from '../commands/delete-selection.ts';
import { deselectCommand } from '../commands/deselect.ts';
import { duplicateCommand } from '../commands/duplicate.ts';
import { findInPaletteCommand, findModulesCommand } from '../commands/focus-fields.ts';
import { groupIntoClassCommand } from '../commands/group-into-class.ts';
import { aboutCommand, shortcutsCommand } from '../commands/help.ts';
import { addNoteCommand } from '../commands/add-note.ts';
import { editNoteCommand } from '../commands/edit-note.ts';
import { frameSelectionCommand } from '../commands/frame-selection.ts';
import { matchesKeys, type KeyPress } from '../commands/keys.ts';
import { newCommand } from '../commands/new.ts';
import { openExampleCommand } from '../commands/open-example.ts';
import { openCommand } from '../commands/open.ts';
import { sideCommands } from '../commands/sides.ts';
import { redoCommand } from '../commands/redo.ts';
import { renameCommand } from '../commands/rename.ts';
import { resetValuesCommand } from '../commands/reset-values.ts';
import { runCommand } from '../commands/run-forward-backward.ts';
import { saveAsCommand } from '../commands/save-as.ts';
import { saveCodeCommand } from '../commands/save-code.ts';
import { saveTrainingCommand } from '../commands/save-training.ts';
import { saveCommand } from '../commands/save.ts';
import { selectAllCommand } from '../commands/select-all.ts';
import { stopCommand } from '../commands/stop.ts';
import { themeCommands } from '../commands/theme.ts';
import { toggleLensCommand } from '../commands/toggle-lens.ts';
import { toggleModeCommand } from '../commands/toggle-mode.ts';
import { trainAfreshCommand, trainCommand } from '../commands/train.ts';
import { undoCommand } from '../commands/undo.ts';
import { PANELS } from './panels.ts';
import { showPanelCommand } from '../commands/show-panel.ts';
import { zoomToFitCommand, zoomToSelectionCommand } from '../commands/zoom-to-fit.ts';

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
  addNoteCommand,
  frameSelectionCommand,
  editNoteCommand,
  toggleLensCommand,
  zoomToFitCommand,
  zoomToSelectionCommand,
  enterClassCommand,
  leaveClassCommand,
  ...sideCommands,
  ...PANELS.map(showPanelCommand),
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
  if (command) invoke(command, context);
}

/** The command of a key press. While a text field has the focus, only those that say so. */
export function findByKeys(
  press: KeyPress,
  place: { readonly inTextField: boolean; readonly isUntouched?: boolean; readonly isMac: boolean },
): Command | undefined {
  return COMMANDS.find(
    (command) =>
      (!place.inTextField || command.inTextFields === true || (command.inTextFields === 'untouched' && place.isUntouched === true)) &&
      command.keys.some((keys) => matchesKeys(press, keys, place.isMac)),
  );
}
