/** @file `verify FILE`: runs the code of a target for real and compares its numbers with core's. */
import { writeFile } from 'node:fs/promises';
import { emitDocument, emitFiles, TARGETS, type EmittedFile, type Refusal, type TargetName } from '../../core/emit/index.ts';
import { hashDocument } from '../../core/document/index.ts';
import { TOLERANCE, type RecordedModel } from '../../core/run/index.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, toJson, type ExitCode, type Io } from '../io.ts';
import { openFile } from '../open.ts';
import { formatProblems, reportProblem, type Reported } from '../problems.ts';
import { TARGET_NAMES, targetOf } from '../target-option.ts';
import { verifyOnnx } from '../verify/onnx.ts';
import { verifyPython } from '../verify/python.ts';
import { verifyTypeScript } from '../verify/typescript.ts';
import type { Ran } from '../verify/verified.ts';
import { recordFor } from '../weights.ts';

const MODULE = 'model';

export const verifyCommand: CliCommand = {
  name: 'verify',
  usage: `FILE [--target ${TARGET_NAMES.join('|')}] [--from FILE] [--certificate PATH]`,
  doc: 'Runs the code of a document in the library of its target, with its weights, in the mode for use, and compares the outputs with those of core.',
  options: {
    target: {
      value: 'NAME',
      doc: `What to verify: ${TARGET_NAMES.join(', ')}. By default flax. Python is found on the machine, or named by PYTHON.`,
    },
    from: { value: 'FILE', doc: 'The weights as safetensors; by default those of the seed.' },
    certificate: { value: 'PATH', doc: 'Where to write what was found, with when and against which versions, if it holds.' },
  },
  async run(file, values, io) {
    const target = targetOf(values['target']);
    const isJson = values['json'] === true;
    const opened = await openFile(file, io);
    if (!opened.ok) return fail(target, opened.problems, [], isJson, io);
    const { document } = opened;
    const early = emitDocument(document, target);
    if (!early.ok) return fail(target, [reportProblem(early.problem)], early.refused ?? [], isJson, io);
    const result = await recordFor(document, values['from']);
    if (!result.ok) return fail(target, [result.problem], [], isJson, io);
    const { recorded } = result;
    const emitted = emitFiles(document, target, { module: MODULE, weights: recorded.weights, recorded });
    if (!emitted.ok) return fail(target, [reportProblem(emitted.problem)], emitted.refused ?? [], isJson, io);
    const ran = await runTarget(target, emitted.files, recorded, io);
    if (!ran.ok) {
      const code = ran.isMissing ? 'verify/missing' : 'verify/failed';
      const fix = ran.isMissing ? 'Install it, or verify another target.' : 'Report this, with the document.';
      fail(target, [{ code, severity: 'error', place: {}, message: ran.reason, fix }], [], isJson, io);
      // Nothing was found out about the code.
      return ran.isMissing ? EXIT.usage : EXIT.errors;
    }
    const largestDifference = Math.max(0, ...ran.differences);
    const byQuantity = Object.fromEntries(recorded.outputs.map(({ name }, i) => [`output ${name}`, ran.differences[i]!]));
    const found = { target, versions: ran.versions, largestDifference, tolerance: TOLERANCE, byQuantity, refused: [] };
    const holds = largestDifference <= TOLERANCE;
    const { certificate } = values;
    if (holds && typeof certificate === 'string')
      await writeFile(certificate, toJson({ ...found, document: hashDocument(document), at: new Date().toISOString() }));
    if (isJson) io.out(toJson(found));
    else {
      const versions = Object.entries(ran.versions).map(([name, version]) => `${name} ${version}`);
      io.out(`${holds ? 'verified' : 'differs'}: ${TARGETS[target].title}, ${versions.join(', ')}\n`);
      for (const [name, difference] of Object.entries(byQuantity)) io.out(`${name}: ${difference} of its largest magnitude\n`);
    }
    return holds ? EXIT.done : EXIT.errors;
  },
};

function runTarget(target: TargetName, files: readonly EmittedFile[], recorded: RecordedModel, io: Io): Promise<Ran> {
  if (target === 'onnx') return verifyOnnx(files, recorded, io);
  const { language, requirements = [] } = TARGETS[target];
  return language === 'typescript' ? verifyTypeScript(files, recorded, io) : verifyPython(files, MODULE, requirements, io);
}

function fail(target: TargetName, problems: readonly Reported[], refused: readonly Refusal[], isJson: boolean, io: Io): ExitCode {
  const nodes = refused.map(({ place, subject, reason }) => ({ node: subject, place: { ...place }, reason }));
  if (isJson) io.out(toJson({ target, versions: {}, largestDifference: null, byQuantity: {}, refused: nodes, problems }));
  else io.err(formatProblems(problems));
  return EXIT.errors;
}
