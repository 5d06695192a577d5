/** @file `run FILE`: one pass forward and back, with the statistics of every value and gradient. */
import { readFile } from 'node:fs/promises';
import { checkDocument } from '../../core/check/index.ts';
import { weightsText, type RunResult, type Statistics } from '../../core/run/index.ts';
import type { CliCommand } from '../command.ts';
import { DIAGNOSE_OPTION, Diagnoses } from '../diagnoses.ts';
import { isKind, startEngine, type LocalEngine } from '../engine.ts';
import { EXIT, toJson, type Io, type ExitCode } from '../io.ts';
import { openFile } from '../open.ts';
import { formatProblems, hasErrors, reportProblem, reportRun, type Reported } from '../problems.ts';
import { wholeNumber } from '../whole.ts';

/** Outputs of more numbers are told by their statistics alone. */
const MOST_VALUES = 100_000;
/** What a run warns of and what makes its numbers useless. */
const ERRORS = new Set(['run/not-finite']);

export const runCommand: CliCommand = {
  name: 'run',
  usage: 'FILE [--view NAME] [--weights FILE] [--batch N] [--diagnose]',
  doc: 'Runs a document once, forward and back, on the CPU.',
  options: {
    view: { value: 'NAME', doc: 'Runs the model through a view of the document.' },
    weights: { value: 'FILE', doc: 'Weights as safetensors; by default those of the seed.' },
    batch: { value: 'N', doc: 'Which batch of the training rows, from 0. By default the first.' },
    diagnose: DIAGNOSE_OPTION,
  },
  async run(file, values, io) {
    const batch = wholeNumber('batch', values['batch'], 0);
    const { view, weights } = values;
    const opened = await openFile(file, io);
    if (!opened.ok) return fail(opened.problems, values['json'] === true, io);
    const { document, assets } = opened;
    const problems = checkDocument(document, { files: assets }).problems.map(reportProblem);
    let bytes: Uint8Array | undefined;
    if (typeof weights === 'string') {
      try {
        bytes = new Uint8Array(await readFile(weights));
      } catch (error) {
        const message = `${weights} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
        return fail(
          [{ code: 'file/unreadable', severity: 'error', place: {}, message, fix: 'Name a file of weights.' }],
          values['json'] === true,
          io,
        );
      }
    }
    const isAsked = values['diagnose'] === true;
    const diagnoses = new Diagnoses(isAsked);
    const engine = startEngine();
    try {
      const warnings: Reported[] = [];
      const answer = await engine.ask(
        {
          kind: 'run',
          document,
          assets,
          ...(batch === undefined ? {} : { batch }),
          ...(typeof view === 'string' ? { view } : {}),
          ...(bytes ? { weights: bytes } : {}),
          ...(isAsked ? { diagnose: true } : {}),
        },
        (said) => {
          diagnoses.hear(said);
          if (said.kind === 'warned') warnings.push(reportRun(said.problem, ERRORS.has(said.problem.code) ? 'error' : 'warning'));
          else if (said.kind === 'phase') io.err(`${said.name}${said.share === undefined ? '' : ` ${Math.round(100 * said.share)} %`} …\n`);
        },
      );
      if (isKind(answer, 'failed'))
        return fail(merge([reportRun(answer.problem, 'error'), ...problems, ...warnings]), values['json'] === true, io, diagnoses);
      if (!isKind(answer, 'ran')) throw new Error(`internal: the engine answered ${answer.kind}`);
      const all = merge([...problems, ...warnings]);
      const { result } = answer;
      if (values['json'] === true) io.out(toJson({ ...(await describe(engine, answer.id, result)), problems: all, ...diagnoses.fields() }));
      else io.out(`${formatProblems(all)}${diagnoses.text()}${formatResult(result)}`);
      return hasErrors(all) || diagnoses.haveErrors || !Number.isFinite(result.loss) ? EXIT.errors : EXIT.done;
    } finally {
      engine.dispose();
    }
  },
};

/** What the check has said already is not said again by the run. */
function merge(problems: readonly Reported[]): readonly Reported[] {
  return [...new Map(problems.map((each) => [`${each.code} ${each.message}`, each])).values()];
}

function fail(problems: readonly Reported[], isJson: boolean, io: Io, diagnoses?: Diagnoses): ExitCode {
  if (isJson) io.out(toJson({ problems, ...diagnoses?.fields() }));
  else io.out(`${formatProblems(problems)}${diagnoses?.text() ?? ''}`);
  return EXIT.errors;
}

async function describe(engine: LocalEngine, run: number, result: RunResult) {
  const outputs = [];
  for (const { name, key, summary } of result.outputs) {
    const answer = summary.count <= MOST_VALUES ? await engine.ask({ kind: 'tensor', run, key }) : undefined;
    const numbers = answer && isKind(answer, 'tensor') ? { values: [...answer.tensor.data] } : {};
    outputs.push({ name, ...statistics(summary), ...numbers });
  }
  return {
    loss: result.loss,
    ...(result.accuracy === undefined ? {} : { accuracy: result.accuracy }),
    weights: result.weights,
    outputs,
    wires: result.wires.map(({ instance, node, port, call, value, gradient }) => ({
      path: instance,
      node,
      port,
      call,
      value: statistics(value),
      gradient: gradient && statistics(gradient),
    })),
    insides: result.insides.map(({ module, name, call, calls, calledBy, value, gradient }) => ({
      path: module,
      name,
      call,
      calls,
      calledBy: calledBy && { path: calledBy.instance, node: calledBy.node },
      value: statistics(value),
      gradient: gradient && statistics(gradient),
    })),
    captured: result.captured.map(({ path, kind, variableType, entries }) => ({
      path,
      kind,
      variableType,
      entries: entries.map(({ summary }) => statistics(summary)),
    })),
    variables: result.variables.map(({ path, type, value, gradient }) => ({
      path,
      type,
      value: statistics(value),
      gradient: gradient && statistics(gradient),
    })),
  };
}

function statistics({ shape, min, max, mean, std, norm, zeros, nans, infinities }: Statistics) {
  return { shape, min, max, mean, std, norm, zeros, nans, infinities };
}

function formatResult({ loss, accuracy, weights, outputs }: RunResult): string {
  const lines = [
    `loss ${loss}`,
    ...(accuracy === undefined ? [] : [`accuracy ${accuracy}`]),
    `weights ${weightsText(weights)}`,
    ...outputs.map(({ name, summary }) => `${name} (${summary.shape.join(', ')}) mean ${summary.mean} std ${summary.std}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
