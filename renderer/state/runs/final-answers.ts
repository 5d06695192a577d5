/** @file How a run or a training ends, in the store. */
import { weightsText, type Answer, type ModuleInfo, type RequestId, type RunProblem } from '../../../core/run/index.ts';
import { REPLACED_CODE } from './follow-document.ts';
import type { RunLog } from './run-log.ts';
import type { RunsStore } from './store.ts';

const IDLE = { status: 'idle', phase: null } as const;

export interface FinalAnswers {
  finish(answer: Answer, id: RequestId, documentHash: string): void;
  fail(problem: RunProblem): void;
  stopped(): void;
}

/** `isPresent`: whether a document is still the one that the user sees. */
export function createFinalAnswers({ getState, setState }: RunsStore, log: RunLog, isPresent: (hash: string) => boolean): FinalAnswers {
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

  function onRan({ result }: Extract<Answer, { kind: 'ran' }>, request: RequestId, hash: string): void {
    const kept = { result, hash, request, hasTensors: true, weightsVersion: getState().weightsVersion };
    setState({ ...IDLE, result: kept, backend: result.backend, ...treeOf(result.modules, hash) });
    const { elapsedMs, loss, weights } = result;
    const time = `${elapsedMs.toFixed(1)} ms on ${result.backend}`;
    log.line('info', `Run finished in ${time}: loss ${loss.toPrecision(5)}, weights ${weightsText(weights)}.`);
  }

  function onTrained({ modules, step, stopped: wasStopped, diverged }: Extract<Answer, { kind: 'trained' }>, hash: string): void {
    const { training, weightsVersion } = getState();
    const trained = training && { ...training, step, diverged };
    setState({ ...IDLE, ...treeOf(modules, hash), weightsVersion: weightsVersion + 1, training: trained });
    const how = diverged ? 'ended with a loss that is not finite; kept are the weights' : wasStopped ? 'stopped' : 'finished';
    log.line(diverged ? 'warning' : 'info', `Training ${how} at step ${step}.`);
  }

  return {
    finish(answer, id, documentHash) {
      const wasStopping = getState().status === 'stopping';
      if (answer.kind === 'ran') onRan(answer, id, documentHash);
      else if (answer.kind === 'trained') onTrained(answer, documentHash);
      else if (answer.kind === 'failed' && !wasStopping && answer.problem.code !== REPLACED_CODE) fail(answer.problem);
      else stopped();
    },
    fail,
    stopped,
  };
}
