/**
 * @file The window's side of the conversation with the worker. Every answer ends in the runs store. A worker that dies, hangs or loses its WebGL
 * context is replaced, and the reason told.
 */
import type { ModelDocument, PathFilter } from '../../../core/document/index.ts';
import type { Assets, RunProblem, TensorData, TensorPart, ValueKey } from '../../../core/run/index.ts';
import type { ConnectWorker } from '../../worker/connection.ts';
import type { DataStore } from '../data-store.ts';
import { readDataToSend } from './data-to-send.ts';
import { createFollower, REPLACED_CODE } from './follow-document.ts';
import { createFinalAnswers } from './final-answers.ts';
import { createInterimAnswers } from './interim-answers.ts';
import { createJobs, type JobBody } from './job.ts';
import { createRequests } from './requests.ts';
import { createRunLog } from './run-log.ts';
import { createSilenceWatch } from './silence.ts';
import { INITIAL_RUNS, isBusy, type RunsStore } from './store.ts';

export interface RunClientOptions {
  readonly store: RunsStore;
  readonly connect: ConnectWorker;
  readonly hash: (document: ModelDocument) => string;
  readonly data: DataStore;
}

export interface RunClient {
  /** Forward and backward once. Settles when the answer is in the store, or the run was given up; never rejects. */
  run(document: ModelDocument): Promise<void>;
  train(document: ModelDocument, steps: number, continueFrom: 'start' | 'last'): Promise<void>;
  /** Asks the worker to stop, and replaces it if it has not after 2 s. What has not reached the worker yet ends at once. */
  stop(): void;
  /** Keeps the live module tree up to date: debounced, the latest document wins. */
  describe(document: ModelDocument): void;
  /** Debounced likewise; null clears the matches. */
  match(document: ModelDocument, filter: { readonly only: PathFilter; readonly text: string } | null): void;
  /** A tensor of the latest run, or a part of it. Rejects with a message for the user if the worker no longer has it. */
  getTensor(key: ValueKey, part?: TensorPart): Promise<TensorData>;
  /** Forgets results, metrics and trained values: another document was opened, or the user wants fresh values. */
  reset(): void;
  dispose(): void;
}

const REPLACED: RunProblem = { code: REPLACED_CODE, message: 'Stopped.', hint: '' };
const CRASH_HINT = 'A new worker was started. Run again; trained values since the last start are lost.';

export function createRunClient({ store, connect, hash, data }: RunClientOptions): RunClient {
  const { getState, setState } = store;
  const log = createRunLog(store);
  const silence = createSilenceWatch({ onSilent: log.warn, onHeard: log.settle });
  const onInterim = createInterimAnswers(store, log);
  const requests = createRequests(connect, {
    onHeard() {
      if (jobs.current()?.id !== undefined) silence.heard();
    },
    onInterim: (answer) => onInterim(answer, jobs.current()),
    onCrash,
  });
  const follower = createFollower(requests, store);
  const isPresent = (documentHash: string): boolean => {
    const present = follower.present();
    return present === undefined || hash(present) === documentHash;
  };
  const { finish, fail, stopped } = createFinalAnswers(store, log, isPresent);
  const jobs = createJobs(requests, silence, {
    onAnswer: finish,
    onUnreadable: fail,
    onStoppedEarly: stopped,
    onStuck() {
      log.line('warning', 'The worker did not stop within 2 s and was replaced; trained values since the last start are lost.');
      replaceWorker(REPLACED);
    },
  });

  /** Whatever waits fails, and the next request starts a new worker. */
  function onCrash(reason: string): void {
    // A job that was under way reports it as its failure.
    if (!jobs.current()) log.line('error', `${reason} ${CRASH_HINT}`);
    replaceWorker({ code: 'worker/crashed', message: reason, hint: CRASH_HINT });
  }

  function replaceWorker(problem: RunProblem): void {
    const { result, training, weightsVersion } = getState();
    setState({
      result: result && { ...result, hasTensors: false },
      training: training && { ...training, canContinue: false },
      weightsVersion: training ? weightsVersion + 1 : weightsVersion,
    });
    requests.replaceWorker(problem);
  }

  /** A second job while the first is under way is refused. */
  async function start(document: ModelDocument, make: (assets: Assets) => JobBody): Promise<void> {
    if (isBusy(getState())) return;
    const documentHash = hash(document);
    setState({ status: 'building', phase: 'building', problem: null, problemsOf: documentHash, warnings: [] });
    await jobs.start(documentHash, readDataToSend(data, document), make);
  }

  return {
    run: (document) => start(document, (assets) => ({ kind: 'run', document, assets })),
    train: (document, steps, continueFrom) => start(document, (assets) => ({ kind: 'train', document, assets, steps, continueFrom })),
    stop() {
      if (jobs.stop()) setState({ status: 'stopping' });
    },
    describe: follower.describe,
    match: follower.match,
    async getTensor(key, part) {
      const { result } = getState();
      if (!result?.hasTensors) throw new Error('The values of this run are gone: the worker was restarted since. Run again.');
      const { answer } = requests.send({ kind: 'tensor', run: result.request, key, ...(part ? { part } : {}) });
      const final = await answer;
      if (final.kind === 'tensor') return final.tensor;
      throw new Error(final.kind === 'failed' ? `${final.problem.message} ${final.problem.hint}` : 'The worker gave no tensor. Run again.');
    },
    reset() {
      const isSent = jobs.current()?.id !== undefined;
      jobs.abandon();
      follower.forget();
      // A job of the old document would hold the worker up for the new one.
      if (isSent) replaceWorker(REPLACED);
      else if (requests.hasWorker()) requests.send({ kind: 'reset' });
      const { backend, backendNote, log: lines } = getState();
      setState({ ...INITIAL_RUNS, backend, backendNote, log: lines });
    },
    dispose() {
      follower.forget();
      jobs.abandon();
      requests.dispose();
    },
  };
}
