/**
 * @file What the user can invoke. Menus, shortcuts and the palette of commands all read one list of these: what the files here named
 * `*.command.ts` export.
 */
import { reportFailure } from '../state/edit-or-tell.ts';
import type { Services } from '../state/services.ts';

export type CommandContext = Services;

export const COMMAND_GROUPS = { file: 'File', edit: 'Edit', view: 'View', run: 'Run', help: 'Help' } as const;
export type CommandGroup = keyof typeof COMMAND_GROUPS;

export interface Command {
  /** Known to the native menu, too. */
  readonly id: string;
  readonly title: string;
  /** The title of the moment, such as "Undo Connect". */
  readonly titleNow?: (context: CommandContext) => string;
  readonly group: CommandGroup;
  /** The menu within the menu that it stands in; that comes where the first of its commands would. */
  readonly submenu?: string;
  /** In a menu, a line stands above the first command of each whole section, within a menu of the menu above each. */
  readonly section: number;
  /** Its place among those of its section. */
  readonly order: number;
  /** `Mod` is Ctrl, or Cmd on a Mac. The first is shown. */
  readonly keys: readonly string[];
  /** Its keys are left to the browser, which answers them with this event: only so a page is given the clipboard unasked. */
  readonly keysComeAs?: 'paste';
  /** Its keys are taken only while the keyboard is on the canvas, or nowhere: elsewhere they scroll, or choose. */
  readonly keysOn?: 'canvas';
  /** Its keys work while a text field has the focus; what was typed there is taken over first. `untouched`: only where nothing was. */
  readonly inTextFields?: boolean | 'untouched';
  /** `false`: for keys; the palette of commands and the sheet of shortcuts have it, menus would only be longer. */
  readonly inMenus?: false;
  /** For one of several choices: whether it is the present one. */
  readonly isChosen?: (context: CommandContext) => boolean;
  /** Absent: always possible. */
  readonly when?: (context: CommandContext) => boolean;
  /** What is missing where it is not possible, as an instruction, for those who press its keys. Absent: such a key is left to others. */
  readonly needs?: string;
  readonly run: (context: CommandContext) => void | Promise<void>;
}

export function isPossible(command: Command, context: CommandContext): boolean {
  return command.when?.(context) ?? true;
}

export function titleOf(command: Command, context: CommandContext): string {
  return command.titleNow?.(context) ?? command.title;
}

/** Runs a command if it is possible now. Nobody waits for it: what fails is told, whatever it was. */
export function invoke(command: Command, context: CommandContext): void {
  if (isPossible(command, context)) void obey(command, context);
}

async function obey(command: Command, context: CommandContext): Promise<void> {
  try {
    await command.run(context);
  } catch (error) {
    reportFailure(context, `“${titleOf(command, context)}” could not be done`, error, 'Your model is still open. Save it, then try again.');
  }
}
