/** @file `import FILE`: code as a document. */
import { readFile, writeFile } from 'node:fs/promises';
import { checkDocument } from '../../core/check/index.ts';
import { decodeText, writeDocument } from '../../core/document/index.ts';
import { readCode, withPlaces } from '../../core/parse/index.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, toJson, type Io } from '../io.ts';
import { openFile } from '../open.ts';
import { formatProblems, reportProblem, type Reported } from '../problems.ts';

export const importCommand: CliCommand = {
  name: 'import',
  usage: 'FILE [--onto DOCUMENT] [-o PATH]',
  doc: 'Reads Flax NNX code, as `export` writes it or changed by hand in the same style, and writes the document that it stands for.',
  options: {
    onto: {
      value: 'DOCUMENT',
      doc: 'The document that the code came from: what has not changed stays as it is there, with its places and notes.',
    },
    output: { value: 'PATH', short: 'o', doc: 'The file to write; without it, standard output.' },
  },
  async run(file, values, io) {
    const isJson = values['json'] === true;
    const { onto, output } = values;
    const base = typeof onto === 'string' ? await openFile(onto, io) : undefined;
    if (base && !base.ok) return refused(base.problems, isJson, io);
    let source: string;
    try {
      source = decodeText(await readFile(file));
    } catch (error) {
      const message = `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
      return refused([{ code: 'file/unreadable', severity: 'error', place: {}, message, fix: 'Name a file that exists.' }], isJson, io);
    }
    const read = readCode(source, base?.document);
    if (!read.ok) {
      const message = `${file}, line ${read.line}: ${read.message}`;
      const fix = 'Change this line, or leave it as it was written.';
      return refused([{ code: 'import/line', severity: 'error', place: { line: read.line }, message, fix }], isJson, io);
    }
    const problems = checkDocument(read.document, base ? { files: base.assets } : {})
      .problems.filter(({ scope }) => scope !== 'run')
      .map(reportProblem);
    const document = base ? read.document : withPlaces(read.document);
    const text = writeDocument(document);
    if (typeof output === 'string') await writeFile(output, text);
    if (isJson) io.out(toJson({ ...(typeof output === 'string' ? { file: output } : { document }), problems }));
    else {
      io.err(formatProblems(problems));
      if (typeof output === 'string') io.err(`Wrote ${output}.\n`);
      else io.out(text);
    }
    return EXIT.done;
  },
};

function refused(problems: readonly Reported[], isJson: boolean, io: Io): typeof EXIT.errors {
  if (isJson) io.out(toJson({ problems }));
  else io.err(formatProblems(problems));
  return EXIT.errors;
}
