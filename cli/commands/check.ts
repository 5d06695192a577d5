/** @file `check FILE`: problems, without building anything. */
import { checkDocument } from '../../core/check/index.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, toJson } from '../io.ts';
import { openFile } from '../open.ts';
import { formatProblems, hasErrors, reportProblem } from '../problems.ts';

export const checkCommand: CliCommand = {
  name: 'check',
  usage: 'FILE',
  doc: 'Lists the problems of a document, and counts its parameters and modules.',
  options: {},
  async run(file, values, io) {
    const opened = await openFile(file, io);
    const check = opened.ok ? checkDocument(opened.document, { files: opened.assets }) : undefined;
    const problems = opened.ok ? check!.problems.map(reportProblem) : opened.problems;
    const [parameters, modules] = [check?.parameters ?? 0, check?.modules ?? 0];
    if (values['json'] === true) io.out(toJson({ problems, parameters, modules }));
    else
      io.out(
        `${formatProblems(problems)}${plural(problems.length, 'problem')}, ${plural(parameters, 'parameter')}, ${plural(modules, 'module')}\n`,
      );
    return hasErrors(problems) ? EXIT.errors : EXIT.done;
  },
};

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
