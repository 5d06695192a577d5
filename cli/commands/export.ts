/** @file `export FILE`: the code of a document. */
import { writeFile } from 'node:fs/promises';
import { checkDocument } from '../../core/check/index.ts';
import { emitDocument, emitTraining, TARGETS, type TargetName } from '../../core/emit/index.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, toJson, UsageError } from '../io.ts';
import { openFile } from '../open.ts';
import { formatProblems, hasErrors, reportProblem } from '../problems.ts';

function targetOf(value: string | boolean | undefined): TargetName {
  const name = value ?? 'flax';
  const found = (Object.keys(TARGETS) as TargetName[]).find((each) => each === name);
  if (!found) throw new UsageError(`--target: expected one of ${Object.keys(TARGETS).join(', ')}, got "${String(name)}".`);
  return found;
}

export const exportCommand: CliCommand = {
  name: 'export',
  usage: 'FILE [--target flax|typescript] [--training] [-o PATH]',
  doc: 'Writes the code of a document to standard output, or to a file. Of a document with errors what is sound is written.',
  options: {
    target: { value: 'NAME', doc: `What to write: ${Object.keys(TARGETS).join(', ')}. By default flax.` },
    training: { doc: 'Write the script that trains the model instead, to lie as train.py beside the code as model.py.' },
    output: { value: 'PATH', short: 'o', doc: 'The file to write.' },
  },
  async run(file, values, io) {
    const target = targetOf(values['target']);
    const opened = await openFile(file, io);
    if (!opened.ok) {
      if (values['json'] === true) io.out(toJson({ target, problems: opened.problems }));
      else io.err(formatProblems(opened.problems));
      return EXIT.errors;
    }
    const problems = checkDocument(opened.document, { files: opened.assets })
      .problems.filter(({ scope }) => scope !== 'run')
      .map(reportProblem);
    const emitted =
      values['training'] === true ? emitTraining(opened.document, target, { texts: opened.assets }) : emitDocument(opened.document, target);
    if (!emitted.ok) {
      const all = [reportProblem(emitted.problem), ...problems];
      if (values['json'] === true) io.out(toJson({ target, problems: all }));
      else io.err(formatProblems(all));
      return EXIT.errors;
    }
    const { output } = values;
    if (typeof output === 'string') await writeFile(output, emitted.code);
    if (values['json'] === true)
      io.out(toJson({ target, ...(typeof output === 'string' ? { file: output } : { code: emitted.code }), problems }));
    else {
      io.err(formatProblems(problems));
      if (typeof output === 'string') io.err(`Wrote ${output}.\n`);
      else io.out(emitted.code);
    }
    return hasErrors(problems) ? EXIT.errors : EXIT.done;
  },
};
