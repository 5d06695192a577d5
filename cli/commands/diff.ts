/** @file `diff A B`: what differs between two documents. */
import { diffDocuments, isOfMeaning } from '../../core/diff/index.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, toJson } from '../io.ts';
import { openFile } from '../open.ts';
import { formatProblems } from '../problems.ts';

export const diffCommand: CliCommand = {
  name: 'diff',
  usage: 'A B',
  files: 2,
  doc: 'Says what differs in B from A: classes, members, arguments, nodes, wires, settings, run. Names and structure are compared where ids differ.',
  options: {
    drawing: { doc: 'Also where nodes lie, and notes.' },
  },
  async run(file, values, io, [second]) {
    const [before, after] = [await openFile(file, io), await openFile(second!, io)];
    for (const opened of [before, after])
      if (!opened.ok) {
        if (values['json'] === true) io.out(toJson({ problems: opened.problems }));
        else io.err(formatProblems(opened.problems));
        return EXIT.errors;
      }
    if (!before.ok || !after.ok) return EXIT.errors;
    const differences = diffDocuments(before.document, after.document).filter((each) => values['drawing'] === true || isOfMeaning(each));
    if (values['json'] === true) io.out(toJson({ differences }));
    else io.out(differences.length === 0 ? 'No difference.\n' : differences.map(({ message }) => `${message}\n`).join(''));
    return EXIT.done;
  },
};
