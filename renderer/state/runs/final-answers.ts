/** @file How a run or a training ends, in the store. */
import { weightsText, type Answer, type ModuleInfo, type RequestId, type RunProblem } from '../../../core/run/index.ts';
import { REPLACED_CODE } from './follow-document.ts';
import type { RunLog } from './run-log.ts';
import { addRun } from './kept-runs.ts';
import type { KeptResult, RunsStore } from './store.ts';

const IDLE = { status: 'idle', phase: null } as const;

export interface FinalAnswers {
  finish(answer: Answer, documentHash: string): void;
  fail(problem: RunProblem): void;
  stopped(): void;
}

/** `isPresent`: whether a document is still the one that the user sees. `onForgotten` hears of runs that are kept no longer. */
export function createFinalAnswers(
  { getState, setState }: RunsStore,
  log: RunLog,
  isPresent: (hash: string) => boolean,
  onForgotten: (runs: readonly RequestId[]) => void,
): FinalAnswers {
  /** The tree that was built on the way is shown if it is that of the present document: what was edited since is described by itself. */
  const treeOf = (modules: readonly ModuleInfo[], documentHash: string) => (isPresent(documentHash) ? { modules } : {});

  function fail(problem: RunProblem): void {
    setState({ status: 'failed', phase: null, problem });
    log.line('error', `${problem.message} ${problem.hint}`);
  }

  function stopped(): void {
    setState(IDLE);
    log.line('info', 'Stopped.');
  }

  function onRan({ result, record }: Extract<Answer, { kind: 'ran' }>, hash: string): void {
    const { weightsVersion, runsMade, ...before } = getState();
    const name = `Run ${runsMade + 1}`;
    const kept: KeptResult = { result, record, name, isPinned: false, hash, hasTensors: true, weightsVersion };
    const { state, forgotten } = addRun(before, kept);
    setState({ ...IDLE, ...state, runsMade: runsMade + 1, backend: result.backend, ...treeOf(result.modules, hash) });
    onForgotten(forgotten);
    const { elapsedMs, loss, weights } = result;
    const time = `${elapsedMs.toFixed(1)} ms on ${result.backend}`;
    const what = record.upTo ? 'computed a part of the model' : `loss ${loss.toPrecision(5)}`;
    log.line('info', `${name} finished in ${time}: ${what}, weights ${weightsText(weights)}.`);
  }

  function onTrained({ modules, step, stopped: wasStopped, diverged, hit }: Extract<Answer, { kind: 'trained' }>, hash: string): void {
    const { training, weightsVersion } = getState();
    const trained = training && { ...training, step, diverged, hit };
    setState({ ...IDLE, ...treeOf(modules, hash), weightsVersion: weightsVersion + 1, training: trained });
    if (hit) {
      log.line('warning', `Training paused before step ${hit.step}: ${hit.message}. The weights are those after step ${step}.`);
      return;
    }
    const how = diverged ? 'ended with a loss that is not finite; kept are the weights' : wasStopped ? 'stopped' : 'finished';
    log.line(diverged ? 'warning' : 'info', `Training ${how} at step ${step}.`);
  }

  function onSought(step: number): void {
    const { training, weightsVersion } = getState();
    setState({ ...IDLE, weightsVersion: weightsVersion + 1, training: training && { ...training, step, hit: null } });
    log.line('info', `The weights are those after step ${step}.`);
  }

  return {
    finish(answer, documentHash) {
      const wasStopping = getState().status === 'stopping';
      if (answer.kind === 'ran') onRan(answer, documentHash);
      else if (answer.kind === 'trained') onTrained(answer, documentHash);
      else if (answer.kind === 'overSteps') setState(IDLE);
      else if (answer.kind === 'sought') onSought(answer.step);
      else if (answer.kind === 'failed' && !wasStopping && answer.problem.code !== REPLACED_CODE) fail(answer.problem);
      else stopped();
    },
    fail,
    stopped,
  };
}
