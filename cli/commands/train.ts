/** @file `train FILE`: steps of training, with the loss of each, and the weights that they lead to. */
import { writeFile } from 'node:fs/promises';
import { checkDocument } from '../../core/check/index.ts';
import type { MetricPoint } from '../../core/run/index.ts';
import type { CliCommand } from '../command.ts';
import { DIAGNOSE_OPTION, Diagnoses } from '../diagnoses.ts';
import { isKind, startEngine } from '../engine.ts';
import { EXIT, toJson } from '../io.ts';
import { openFile } from '../open.ts';
import { formatProblems, hasErrors, reportProblem, reportRun, type Reported } from '../problems.ts';
import { wholeNumber } from '../whole.ts';

const PROGRESS_MS = 1000;
const ERRORS = new Set(['train/not-finite']);

export const trainCommand: CliCommand = {
  name: 'train',
  usage: 'FILE [--steps N] [--weights-out FILE] [--diagnose]',
  doc: 'Trains a document on its data, on the CPU.',
  options: {
    steps: { value: 'N', doc: 'How many steps; by default as the document says.' },
    'weights-out': { value: 'FILE', doc: 'Where the trained weights go, as safetensors.' },
    diagnose: DIAGNOSE_OPTION,
  },
  async run(file, values, io) {
    const given = wholeNumber('steps', values['steps'], 1);
    const isJson = values['json'] === true;
    const isAsked = values['diagnose'] === true;
    const diagnoses = new Diagnoses(isAsked);
    const opened = await openFile(file, io);
    const tell = (result: object, problems: readonly Reported[], text: string) => {
      io.out(isJson ? toJson({ ...result, problems, ...diagnoses.fields() }) : `${formatProblems(problems)}${diagnoses.text()}${text}`);
      return hasErrors(problems) || diagnoses.haveErrors ? EXIT.errors : EXIT.done;
    };
    if (!opened.ok) return tell({ steps: 0, curve: [] }, opened.problems, '');
    const { document, assets } = opened;
    const steps = given ?? document.run.steps;
    const found = checkDocument(document, { files: assets }).problems.map(reportProblem);
    const engine = startEngine();
    try {
      const points: MetricPoint[] = [];
      const warnings: Reported[] = [];
      let toldMs = Date.now();
      const answer = await engine.ask({ kind: 'train', document, assets, steps, continueFrom: 'start', diagnose: isAsked }, (said) => {
        diagnoses.hear(said);
        if (said.kind === 'warned') warnings.push(reportRun(said.problem, ERRORS.has(said.problem.code) ? 'error' : 'warning'));
        if (said.kind !== 'metrics') return;
        points.push(...said.points);
        if (Date.now() - toldMs < PROGRESS_MS) return;
        toldMs = Date.now();
        io.err(`step ${points.at(-1)!.step} of ${steps}, loss ${points.at(-1)!.loss}\n`);
      });
      const problems = (more: readonly Reported[]) => [
        ...new Map([...more, ...found, ...warnings].map((each) => [`${each.code} ${each.message}`, each])).values(),
      ];
      if (isKind(answer, 'failed')) return tell({ steps: 0, curve: [] }, problems([reportRun(answer.problem, 'error')]), '');
      if (!isKind(answer, 'trained')) throw new Error(`internal: the engine answered ${answer.kind}`);
      const out = values['weights-out'];
      if (typeof out === 'string') {
        const weights = await engine.ask({ kind: 'weights' });
        if (isKind(weights, 'weights')) await writeFile(out, weights.bytes);
        io.err(`Wrote ${out}.\n`);
      }
      const last = points.at(-1);
      const tested = points.findLast(({ testLoss }) => testLoss !== undefined);
      const result = {
        steps: answer.step,
        loss: last?.loss ?? null,
        ...(tested?.testLoss === undefined ? {} : { testLoss: tested.testLoss }),
        ...(tested?.testAccuracy === undefined ? {} : { testAccuracy: tested.testAccuracy }),
        curve: points.map(({ step, loss }) => [step, loss]),
      };
      const text = `${result.steps} ${result.steps === 1 ? 'step' : 'steps'}, loss ${result.loss}${tested?.testLoss === undefined ? '' : `, test loss ${tested.testLoss}`}${tested?.testAccuracy === undefined ? '' : `, test accuracy ${tested.testAccuracy}`}\n`;
      return tell(result, problems([]), text);
    } finally {
      engine.dispose();
    }
  },
};
