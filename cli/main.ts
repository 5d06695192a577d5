/** @file The command line: which command, with what, and how it ends. */
import { parseArgs } from 'node:util';
import { parseConfig, type CliCommand } from './command.ts';
import { COMMANDS } from './commands.ts';
import { helpText } from './help.ts';
import { EXIT, UsageError, type ExitCode, type Io } from './io.ts';

/** Runs the command that the arguments name; never rejects for what a user did. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(helpText());
    return EXIT.done;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) {
    io.err(`${name === undefined ? 'Expected a command, got none.' : `Expected a command, got "${name}".`}\n\n${helpText()}`);
    return EXIT.usage;
  }
  try {
    return await runCommand(command, rest, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`${error.message}\n\n${helpText(command)}`);
    return EXIT.usage;
  }
}

async function runCommand(command: CliCommand, args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parse(command, args);
  if (values['help'] === true) {
    io.out(helpText(command));
    return EXIT.done;
  }
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Expected a FILE, got none.');
  const { files = 1 } = command;
  const expected = files === 1 ? 'one FILE' : `${files} files`;
  if (positionals.length !== files) throw new UsageError(`Expected ${expected}, got ${positionals.length}: ${positionals.join(', ')}.`);
  return command.run(file, values, io, more);
}

function parse(command: CliCommand, args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: parseConfig(command), allowPositionals: true, strict: true });
    return { values: values as Readonly<Record<string, string | boolean | undefined>>, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
