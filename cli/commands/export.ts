/** @file `export FILE`: the code of a document, alone or with its weights. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkDocument } from '../../core/check/index.ts';
import { emitDocument, emitFiles, emitTraining, TARGETS, type TargetName } from '../../core/emit/index.ts';
import type { ModelDocument, Problem } from '../../core/document/index.ts';
import type { CliCommand, Values } from '../command.ts';
import { EXIT, toJson, UsageError } from '../io.ts';
import { openFile } from '../open.ts';
import { formatProblems, hasErrors, reportProblem, type Reported } from '../problems.ts';
import { TARGET_NAMES, targetOf } from '../target-option.ts';
import { recordFor } from '../weights.ts';
import { writeAll } from '../write-files.ts';

export const exportCommand: CliCommand = {
  name: 'export',
  usage: `FILE [--target ${TARGET_NAMES.join('|')}] [--training] [--sharded] [--weights] [--project] [--from FILE] [-o PATH]`,
  doc: 'Writes the code of a document to standard output, or to a file. Of a document with errors what is sound is written.',
  options: {
    target: { value: 'NAME', doc: `What to write: ${TARGET_NAMES.join(', ')}. By default flax. ONNX always has its weights.` },
    training: { doc: 'Write the script that trains the model instead, to lie as train.py beside the code as model.py.' },
    sharded: { doc: 'With --training, in Flax: spread over all devices of a machine or a cluster by JAX, with the losses of one device.' },
    weights: { doc: 'Write the weights, too, and what loads them, beside the code: needs -o.' },
    project: {
      doc: 'Write a folder: code, weights, what loads them, requirements, README and a test against what core computes: needs -o.',
    },
    from: { value: 'FILE', doc: 'The weights as safetensors; by default those of the seed.' },
    output: { value: 'PATH', short: 'o', doc: 'The file to write.' },
  },
  async run(file, values, io) {
    const target = targetOf(values['target']);
    const { output } = values;
    const hasWeights =
      values['weights'] === true || values['project'] === true || values['from'] !== undefined || TARGETS[target].isBytes === true;
    if (hasWeights && values['training'] === true)
      throw new UsageError('Expected --training or weights, got both: write the one, then the other.');
    if (values['sharded'] === true && values['training'] !== true)
      throw new UsageError('Expected --training with --sharded, got none: it is the training that is spread over devices.');
    if (hasWeights && typeof output !== 'string') throw new UsageError('Expected -o PATH for files with weights, got none.');
    const opened = await openFile(file, io);
    if (!opened.ok) {
      if (values['json'] === true) io.out(toJson({ target, problems: opened.problems }));
      else io.err(formatProblems(opened.problems));
      return EXIT.errors;
    }
    const problems = checkDocument(opened.document, { files: opened.assets })
      .problems.filter(({ scope }) => scope !== 'run')
      .map(reportProblem);
    const written =
      hasWeights && typeof output === 'string'
        ? await writeFiles(opened.document, target, output, values)
        : await writeCode(opened.document, target, opened.assets, values);
    if (!written.ok) {
      const all = [...written.problems, ...problems];
      if (values['json'] === true) io.out(toJson({ target, problems: all }));
      else io.err(formatProblems(all));
      return EXIT.errors;
    }
    const { files, code } = written;
    if (values['json'] === true)
      io.out(toJson({ target, ...(files.length > 1 ? { files } : files.length > 0 ? { file: files[0] } : { code }), problems }));
    else {
      io.err(formatProblems(problems));
      if (files.length > 0) io.err(files.map((name) => `Wrote ${name}.\n`).join(''));
      else io.out(code);
    }
    return hasErrors(problems) ? EXIT.errors : EXIT.done;
  },
};

type Written =
  | { readonly ok: true; readonly files: readonly string[]; readonly code: string }
  | { readonly ok: false; readonly problems: readonly Reported[] };

const refused = (problem: Problem): Written => ({ ok: false, problems: [reportProblem(problem)] });

async function writeCode(
  document: ModelDocument,
  target: TargetName,
  texts: Readonly<Record<string, string>>,
  values: Values,
): Promise<Written> {
  const emitted =
    values['training'] === true
      ? emitTraining(document, target, { texts, isSharded: values['sharded'] === true })
      : emitDocument(document, target);
  if (!emitted.ok) return refused(emitted.problem);
  const { output } = values;
  if (typeof output === 'string') await writeFile(output, emitted.code);
  return { ok: true, code: emitted.code, files: typeof output === 'string' ? [output] : [] };
}

/** The code as the file that was asked for, all else beside it. Nothing is written unless all can be. */
async function writeFiles(document: ModelDocument, target: TargetName, output: string, values: Values): Promise<Written> {
  const early = emitDocument(document, target);
  if (!early.ok) return refused(early.problem);
  const result = await recordFor(document, values['from']);
  if (!result.ok) return { ok: false, problems: [result.problem] };
  const { recorded } = result;
  const isProject = values['project'] === true;
  const { dir, name } = path.parse(output);
  const given = { module: isProject ? 'model' : name, weights: recorded.weights, withLoader: values['weights'] === true };
  const emitted = emitFiles(document, target, isProject ? { ...given, recorded } : given);
  if (!emitted.ok) return refused(emitted.problem);
  return { ok: true, code: '', files: await writeAll(emitted.files, isProject ? output : dir) };
}
