/**
 * @file The window's side of the conversation with the worker. Every answer ends in the runs store. A worker that dies, hangs or loses its WebGL
 * context is replaced, and the reason told.
 */
import type { ModelDocument, PathFilter } from '../../../core/document/index.ts';
import type {
  Answer,
  Assets,
  Difference,
  RequestId,
  RunProblem,
  RunRecord,
  Summary,
  TensorData,
  TensorPart,
  ValueKey,
} from '../../../core/run/index.ts';
import type { ConnectWorker } from '../../worker/connection.ts';
import type { DataStore } from '../data-store.ts';
import { readDataToSend } from './data-to-send.ts';
import { createFollower, REPLACED_CODE } from './follow-document.ts';
import { createFinalAnswers } from './final-answers.ts';
import { createInterimAnswers } from './interim-answers.ts';
import { createJobs, type JobBody } from './job.ts';
import { changeRuns, compareRuns, removeRun, showRun } from './kept-runs.ts';
import { type Body, createRequests } from './requests.ts';
import { createRunLog } from './run-log.ts';
import { createRecovery } from './recovery.ts';
import { createSilenceWatch, DEAD_LIMIT_MS } from './silence.ts';
import type { KeptWatch } from './watches.ts';
import type { Followed } from './followed.ts';
import { INITIAL_RUNS, isBusy, type OverSteps, type PinnedValue, type RunChoice, type RunsStore } from './store.ts';

export interface RunClientOptions {
  readonly store: RunsStore;
  readonly connect: ConnectWorker;
  readonly hash: (document: ModelDocument) => string;
  readonly data: DataStore;
}

export interface How {
  /** Whether the diagnoses look at it. */
  readonly diagnose?: boolean;
  /** A run on what the next step of the training will see, instead of what was chosen. */
  readonly asNextStep?: boolean;
  /** A run forward to this node, and no further. */
  readonly upTo?: NonNullable<RunRecord['upTo']>;
}

export interface RunClient {
  /** Forward and backward once, as was chosen. Settles when the answer is in the store, or the run was given up; never rejects. */
  run(document: ModelDocument, how?: How): Promise<void>;
  train(document: ModelDocument, steps: number, continueFrom: 'start' | 'last', how?: How): Promise<void>;
  /** Goes to where the training stood after so many steps; of several wishes while it goes the last counts. */
  seek(step: number): Promise<void>;
  /** Asks the worker to stop, and replaces it if it has not after 2 s. What has not reached the worker yet ends at once. */
  stop(): void;
  /** Keeps the live module tree up to date: debounced, the latest document wins. */
  describe(document: ModelDocument): void;
  /** Debounced likewise; null clears the matches. */
  match(document: ModelDocument, filter: { readonly only: PathFilter; readonly text: string } | null): void;
  /** A tensor of a run, or a part of it. Rejects with a message for the user if the worker no longer has it. */
  getTensor(run: RequestId, key: ValueKey, part?: TensorPart): Promise<TensorData>;
  /** Statistics with histogram and first numbers; `range`: what the bins hold at least. Rejects likewise. */
  getSummary(run: RequestId, key: ValueKey, range?: BinSpan): Promise<Summary>;
  /** How far values of a run are from those of another; of all places that both have unless keys are given. Rejects likewise. */
  getDifferences(run: RequestId, from: RequestId, keys?: readonly ValueKey[]): Promise<readonly Difference[]>;
  /** Looks at one of the kept runs. */
  show(run: RequestId): void;
  rename(run: RequestId, name: string): void;
  pin(run: RequestId, isPinned: boolean): void;
  forget(run: RequestId): void;
  /** Finds out how values were distributed at the steps that are kept, on the batch that was chosen. Never rejects. */
  lookOverSteps(followed: readonly Followed[]): Promise<void>;
  /** The conditions that pause every training from the next on. */
  watch(watches: readonly KeptWatch[]): void;
  /** Its curve is drawn no longer. */
  forgetCourse(id: number): void;
  /** Null: with none. */
  compareWith(run: RequestId | null): void;
  /** Follows a value from run to run, or no longer. */
  togglePin(pin: PinnedValue): void;
  /** What the next runs are on, and how. */
  choose(choice: Partial<RunChoice>): void;
  /** Forgets results, metrics and trained values: another document was opened, or the user wants fresh values. */
  reset(): void;
  dispose(): void;
}

/** Where the bins of a histogram begin and end. */
export interface BinSpan {
  readonly low: number;
  readonly high: number;
}

const REPLACED: RunProblem = { code: REPLACED_CODE, message: 'Stopped.', hint: '' };
const CRASH_HINT = 'A new worker was started. Run again.';
/** After these a new worker has what the old one had not. */
const LOST_CODES = new Set(['worker/crashed', 'backend/context-lost', 'backend/out-of-memory']);

export function createRunClient({ store, connect, hash, data }: RunClientOptions): RunClient {
  const { getState, setState } = store;
  const log = createRunLog(store);
  /** What the training is of, and the step that is to be gone to next. */
  let trained: ModelDocument | undefined;
  let wanted: number | null = null;
  /** What was last asked for over the steps. */
  let asked: Omit<OverSteps, 'spreads'> | undefined;
  const silence = createSilenceWatch({
    onSilent: log.warn,
    onHeard: log.settle,
    onDead() {
      if (recovery.saved() && getState().status === 'training') onCrash(`The worker has said nothing for ${DEAD_LIMIT_MS / 1000} s.`);
    },
  });
  const onInterim = createInterimAnswers(store, log);
  const requests = createRequests(connect, {
    onHeard() {
      if (jobs.current()?.id !== undefined) silence.heard();
    },
    onInterim(answer) {
      const job = jobs.current();
      if (answer.kind === 'saved' && trained && answer.id === job?.id)
        recovery.keep({ document: trained, step: answer.step, bytes: answer.bytes });
      onInterim(answer, job);
    },
    onCrash,
  });
  const recovery = createRecovery(requests, store, log);
  const follower = createFollower(requests, store);
  const isPresent = (documentHash: string): boolean => {
    const present = follower.present();
    return present === undefined || hash(present) === documentHash;
  };
  const { finish, fail, stopped } = createFinalAnswers(store, log, isPresent, forgetThere);
  const jobs = createJobs(requests, silence, {
    onAnswer(answer, documentHash) {
      if (answer.kind === 'overSteps' && asked) setState({ overSteps: { ...asked, spreads: answer.spreads } });
      finish(answer, documentHash);
    },
    onUnreadable: fail,
    onStoppedEarly: stopped,
    onStuck() {
      log.line('warning', 'The worker did not stop within 2 s and was replaced.');
      replaceWorker(REPLACED);
      restoreAtOnce();
    },
  });

  /** Whatever waits fails, and the next request starts a new worker. */
  function onCrash(reason: string): void {
    // A job that was under way reports it as its failure.
    const isIdle = !jobs.current();
    if (isIdle) log.line('error', `${reason} ${CRASH_HINT}`);
    replaceWorker({ code: 'worker/crashed', message: reason, hint: CRASH_HINT });
    if (isIdle) restoreAtOnce();
  }

  /** What is lost by it is told by whoever restores. */
  function restoreAtOnce(): void {
    recovery.restore().catch((error: unknown) => log.line('error', String(error)));
  }

  /** Whether the job that has ended was taken along by a worker, with its memory. */
  function isLost(): boolean {
    const { status, problem } = getState();
    return status === 'failed' && problem !== null && LOST_CODES.has(problem.code);
  }

  /** A training that lost its worker goes on in a new one from where it was saved last, as long as it comes further by it. */
  async function goOn(train: (steps: number) => Promise<void>): Promise<void> {
    for (let tried = -1; isLost();) {
      const { training, problem } = getState();
      const saved = recovery.saved();
      if (!training || !problem || !saved || saved.step <= tried || saved.step >= training.goal) return;
      tried = saved.step;
      if (problem.code === 'backend/out-of-memory') replaceWorker(problem);
      if (!(await recovery.restore()) || isBusy(getState())) return;
      const going = train(training.goal - saved.step);
      log.warn({
        code: 'worker/recovered',
        message: `${problem.message} The training goes on from step ${saved.step} in a new worker.`,
        hint: 'Values of runs before are gone; the model is as it was.',
      });
      await going;
    }
  }

  function replaceWorker(problem: RunProblem): void {
    const { runs, training, weightsVersion } = getState();
    setState({
      ...changeRuns(
        getState(),
        runs.map(({ record }) => record.id),
        { hasTensors: false },
      ),
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

  function forgetThere(runs: readonly RequestId[]): void {
    if (runs.length > 0 && requests.hasWorker()) requests.send({ kind: 'forget', runs });
  }

  /** Asks for something of the values of runs. */
  async function look<K extends Answer['kind']>(
    kind: K,
    runs: readonly RequestId[],
    body: Body,
  ): Promise<Extract<Answer, { readonly kind: K }>> {
    const kept = getState().runs;
    for (const id of runs)
      if (kept.find(({ record }) => record.id === id)?.hasTensors !== true)
        throw new Error('The values of this run are gone: they made room for later runs, or the worker was restarted. Run again.');
    const final = await requests.send(body).answer;
    if (final.kind === kind) return final as Extract<Answer, { readonly kind: K }>;
    throw new Error(final.kind === 'failed' ? `${final.problem.message} ${final.problem.hint}` : 'The worker gave no values. Run again.');
  }

  return {
    run(document, how = {}) {
      const { batch, rows, view, interventions } = getState().choice;
      const chosen = { batch, interventions, ...(rows && !how.asNextStep ? { rows } : {}), ...(view === null ? {} : { view }) };
      return start(document, (assets) => ({ kind: 'run', document, assets, ...chosen, ...how }));
    },
    async train(document, steps, continueFrom, how = {}) {
      if (isBusy(getState())) return;
      trained = document;
      if (continueFrom === 'start') recovery.forget();
      const watches = getState().watches.map(({ spec }) => spec);
      const train = (count: number, from: 'start' | 'last'): Promise<void> =>
        start(document, (assets) => ({ kind: 'train', document, assets, steps: count, continueFrom: from, watches, ...how }));
      await train(steps, continueFrom);
      await goOn((left) => train(left, 'last'));
    },
    async seek(step) {
      const isUnderWay = wanted !== null;
      wanted = step;
      const of = trained;
      if (isUnderWay || !of) return;
      for (let next: number | null = step; next !== null && !isBusy(getState()); next = wanted) {
        const going: number = next;
        await start(of, (assets) => ({ kind: 'seek', assets, step: going }));
        if (wanted === going) wanted = null;
      }
      wanted = null;
    },
    stop() {
      if (jobs.stop()) setState({ status: 'stopping' });
    },
    describe: follower.describe,
    match: follower.match,
    getTensor: async (run, key, part) => (await look('tensor', [run], { kind: 'tensor', run, key, ...(part ? { part } : {}) })).tensor,
    getSummary: async (run, key, range) =>
      (await look('summaries', [run], { kind: 'summaries', run, keys: [key], ...(range ? { range } : {}) })).summaries[0]!,
    getDifferences: async (run, from, keys) =>
      (await look('differences', [run, from], { kind: 'differences', run, from, ...(keys ? { keys } : {}) })).differences,
    show: (run) => setState(showRun(getState(), run)),
    rename: (run, name) => setState(changeRuns(getState(), [run], { name })),
    pin(run, isPinned) {
      setState(changeRuns(getState(), [run], { isPinned }));
      if (getState().runs.some(({ record, hasTensors }) => record.id === run && hasTensors)) requests.send({ kind: 'pin', run, isPinned });
    },
    forget(run) {
      setState(removeRun(getState(), run));
      forgetThere([run]);
    },
    async lookOverSteps(followed) {
      if (!trained) return;
      const { batch } = getState().choice;
      asked = { followed, batch };
      await start(trained, (assets) => ({ kind: 'overSteps', assets, keys: followed.map(({ key }) => key), batch }));
    },
    watch: (watches) => setState({ watches }),
    forgetCourse: (id) => setState({ courses: getState().courses.filter((course) => course.id !== id) }),
    compareWith: (run) => setState(compareRuns(getState(), run)),
    togglePin(pin) {
      const { pins } = getState();
      const others = pins.filter(({ key }) => key !== pin.key);
      setState({ pins: others.length === pins.length ? [...pins, pin] : others });
    },
    choose: (choice) => setState({ choice: { ...getState().choice, ...choice } }),
    reset() {
      const isSent = jobs.current()?.id !== undefined;
      jobs.abandon();
      follower.forget();
      recovery.forget();
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
