/** @file Every command of the terminal. */
import type { CliCommand } from './command.ts';
import { checkCommand } from './commands/check.ts';
import { diffCommand } from './commands/diff.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { runCommand } from './commands/run.ts';
import { trainCommand } from './commands/train.ts';
import { verifyCommand } from './commands/verify.ts';

export const COMMANDS: readonly CliCommand[] = [
  checkCommand,
  runCommand,
  trainCommand,
  exportCommand,
  verifyCommand,
  importCommand,
  diffCommand,
];
