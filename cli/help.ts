/** @file What the command line says of itself. */
import { SHARED, type CliCommand } from './command.ts';
import { COMMANDS } from './commands.ts';

const NAME = 'espalier';

export function helpText(command?: CliCommand): string {
  if (!command) {
    const rows = COMMANDS.map(({ name, usage, doc }) => `  ${`${name} ${usage}`.padEnd(58)} ${doc}`);
    return [
      `Usage: ${NAME} COMMAND FILE [options]`,
      '',
      'The product without the window: documents of Espalier in the terminal, on the CPU.',
      '',
      ...rows,
      '',
      `${NAME} COMMAND --help tells the options of a command.`,
      'Results go to standard output (--json: as JSON, in which NaN and Infinity are texts), everything else to standard error.',
      'Exit code: 0 sound and done, 1 the document or the run has errors, 2 wrong use.',
      '',
    ].join('\n');
  }
  const options = Object.entries({ ...command.options, ...SHARED }).map(([name, { doc, value, short }]) => {
    const flag = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
    return `  ${flag.padEnd(24)} ${doc}`;
  });
  return [`Usage: ${NAME} ${command.name} ${command.usage}`, '', command.doc, '', ...options, ''].join('\n');
}
