/**
 * @file The window's side of the conversation with the worker, and the only place that knows there is one. Every
 * answer ends in the runs store. A worker that dies, hangs or loses its WebGL context is replaced, and the reason told.
 */
import type { ModelDocument, PathFilter } from '../../../core/document/index.ts';
import {
  isInterim,
  weightsText,
  type Answer,
  type Assets,
  type Request,
  type RequestId,
  type RunProblem,
  type TensorData,
  type TensorPart,
  type ValueKey,
} from '../../../core/run/index.ts';
import { findSource } from '../../../core/index.ts';
import type { DataStore } from '../data-store.ts';
import type { ConnectWorker, WorkerPort } from '../../worker/connection.ts';
import { createLatest } from './latest.ts';
import { createSilenceWatch } from './silence.ts';
import { addLogLine, INITIAL_RUNS, isBusy, type LogLine, type RunsState, type RunsStore, type RunStatus } from './store.ts';

export interface RunClientOptions {
  readonly store: RunsStore;
  readonly connect: ConnectWorker;
  readonly hash: (document: ModelDocument) => string;
  readonly data: DataStore;
}

export interface RunClient {
  /** Forward and backward once. Settles when the answer is in the store; never rejects. */
  run(document: ModelDocument): Promise<void>;
  train(document: ModelDocument, steps: number, continueFrom: 'start' | 'last'): Promise<void>;
  /** Asks the worker to stop, and replaces it if it has not after 2 s. */
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

type Job = Extract<Request, { readonly kind: 'run' | 'train' }>;
type Body<R = Request> = R extends Request ? Omit<R, 'id'> : never;

export const DESCRIBE_DELAY_MS = 150;
/** A soft stop is seen between two steps; a worker that has not answered by then is stuck in one. */
export const STOP_LIMIT_MS = 2000;
/** Problems after which the worker cannot go on. */
const FATAL_CODES = new Set(['worker/crashed', 'backend/context-lost']);

/** What a request is told whose worker was replaced on purpose. */
const REPLACED: RunProblem = { code: 'worker/stopped', message: 'Stopped.', hint: '' };
const CRASH_HINT = 'A new worker was started. Run again; trained values since the last start are lost.';

export function createRunClient({ store, connect, hash, data }: RunClientOptions): RunClient {
  let port: WorkerPort | undefined;
  let nextId: RequestId = 1;
  let job: { readonly id: RequestId } | undefined;
  let stopTimer: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Map<RequestId, (answer: Answer) => void>();
  let lastBuilt: ModelDocument | undefined;

  const { getState, setState } = store;
  const log = (level: LogLine['level'], text: string): void => setState({ log: addLogLine(getState().log, level, text, Date.now()) });

  const silence = createSilenceWatch({
    onSilent(problem) {
      log('warning', `${problem.message} ${problem.hint}`);
      setState({ warnings: [...getState().warnings, problem] });
    },
    onHeard: (problem) => setState({ warnings: getState().warnings.filter((each) => each !== problem) }),
  });

  function ensurePort(): WorkerPort {
    port ??= connect({ onAnswer, onCrash });
    return port;
  }

  /** The answer that ends the request. */
  function request(body: Body): Promise<Answer> {
    const id = nextId++;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      ensurePort().post({ ...body, id } as Request);
    });
  }

  function onAnswer(answer: Answer): void {
    if (job) silence.heard();
    if (isInterim(answer)) {
      onInterim(answer);
      return;
    }
    const resolve = waiting.get(answer.id);
    waiting.delete(answer.id);
    resolve?.(answer);
    if (answer.kind === 'failed' && FATAL_CODES.has(answer.problem.code)) onCrash(answer.problem.message);
  }

  function onInterim(answer: Answer): void {
    if (answer.kind === 'started') {
      setState({ backend: answer.backend, backendNote: answer.backend === 'webgl' ? null : getState().backendNote });
    } else if (answer.kind === 'warned') {
      onWarning(answer.problem);
    } else if (answer.id === job?.id && getState().status !== 'stopping') {
      if (answer.kind === 'phase') setState({ phase: answer.name, status: statusOf(answer.name) });
      else if (answer.kind === 'begun') onBegun(answer);
    }
    if (answer.kind === 'metrics' && answer.id === job?.id) {
      const { training } = getState();
      const step = answer.points.at(-1)?.step ?? training?.step ?? 0;
      if (training) setState({ training: { ...training, step, points: [...training.points, ...answer.points] } });
    }
  }

  /** The worker says behind which step the training starts: fresh weights start a new curve. */
  function onBegun({ step, goal }: Extract<Answer, { readonly kind: 'begun' }>): void {
    const { training } = getState();
    if (!training) return;
    const points = step === 0 ? [] : training.points.filter((point) => point.step <= step);
    setState({ training: { ...training, points, step, goal }, weightsVersion: getState().weightsVersion + 1 });
  }

  function onWarning(problem: RunProblem): void {
    log('warning', `${problem.message} ${problem.hint}`);
    if (problem.code === 'backend/cpu') setState({ backend: 'cpu', backendNote: problem.message });
    else setState({ warnings: [...getState().warnings, problem] });
  }

  /** Whatever waits fails, and the next request starts a new worker. */
  function onCrash(reason: string): void {
    // A job that was under way reports it as its failure.
    if (!job) log('error', `${reason} ${CRASH_HINT}`);
    replaceWorker({ code: 'worker/crashed', message: reason, hint: CRASH_HINT });
  }

  function replaceWorker(problem: RunProblem): void {
    port?.terminate();
    port = undefined;
    const { result, training, weightsVersion } = getState();
    setState({
      result: result && { ...result, hasTensors: false },
      training: training && { ...training, canContinue: false },
      weightsVersion: training ? weightsVersion + 1 : weightsVersion,
    });
    const unanswered = [...waiting];
    waiting.clear();
    for (const [id, resolve] of unanswered) resolve({ id, kind: 'failed', problem });
  }

  async function readAssets(document: ModelDocument): Promise<Assets> {
    await data.need(document);
    const files = data.files();
    const named = findSource(document.run.source.type)?.files(document.run.source.args) ?? [];
    return Object.fromEntries(
      named.flatMap(({ file, asset }) => [asset ?? file].flatMap((name) => (Object.hasOwn(files, name) ? [[name, files[name]!]] : []))),
    );
  }

  /** Runs one job at a time: a second one while the first is under way is refused. */
  async function startJob(document: ModelDocument, make: (assets: Assets) => Body<Job>, begin: (hash: string) => Partial<RunsState>) {
    if (isBusy(getState())) return;
    const documentHash = hash(document);
    setState({ status: 'building', phase: 'building', problem: null, warnings: [], ...begin(documentHash) });
    let body: Body<Job>;
    try {
      body = make(await readAssets(document));
    } catch (error) {
      fail({
        code: 'data/unreadable',
        message: error instanceof Error ? error.message : String(error),
        hint: 'Choose another data source in the run settings.',
      });
      return;
    }
    const id = nextId;
    job = { id };
    silence.start();
    finish(id, documentHash, await request(body));
  }

  function finish(id: RequestId, documentHash: string, answer: Answer): void {
    const wasStopping = getState().status === 'stopping';
    clearTimeout(stopTimer);
    stopTimer = undefined;
    silence.end();
    job = undefined;
    const idle = { status: 'idle', phase: null } as const;
    if (answer.kind === 'ran') {
      const { result } = answer;
      const kept = { result, hash: documentHash, request: id, hasTensors: true, weightsVersion: getState().weightsVersion };
      setState({ ...idle, result: kept, modules: result.modules, modulesHash: documentHash, backend: result.backend });
      const { elapsedMs, loss, weights } = result;
      log(
        'info',
        `Run finished in ${elapsedMs.toFixed(1)} ms on ${result.backend}: loss ${loss.toPrecision(5)}, weights ${weightsText(weights)}.`,
      );
    } else if (answer.kind === 'trained') {
      const { training } = getState();
      const points = training?.points ?? [];
      setState({
        ...idle,
        modules: answer.modules,
        modulesHash: documentHash,
        weightsVersion: getState().weightsVersion + 1,
        training: training && { ...training, points, step: answer.step, canContinue: true, diverged: answer.diverged },
      });
      const how = answer.diverged ? 'ended with a loss that is not finite; kept are the weights' : answer.stopped ? 'stopped' : 'finished';
      log(answer.diverged ? 'warning' : 'info', `Training ${how} at step ${answer.step}.`);
    } else if (answer.kind === 'stopped' || wasStopping || isReplaced(answer)) {
      setState(idle);
      log('info', 'Stopped.');
    } else if (answer.kind === 'failed') {
      fail(answer.problem);
    } else {
      setState(idle);
    }
  }

  function fail(problem: RunProblem): void {
    setState({ status: 'failed', phase: null, problem });
    log('error', `${problem.message} ${problem.hint}`);
  }

  const describing = createLatest<ModelDocument>(DESCRIBE_DELAY_MS, async (document, isLatest) => {
    const answer = await request({ kind: 'describe', document });
    if (!isLatest()) return;
    if (answer.kind === 'described') {
      // The engine has started, and would have warned of the CPU before.
      const backend = getState().backend ?? 'webgl';
      lastBuilt = document;
      setState({ modules: answer.modules, modulesHash: hash(document), buildProblem: null, backend });
    } else if (answer.kind === 'failed') setState({ buildProblem: answer.problem });
  });

  const matching = createLatest<{ document: ModelDocument; only: PathFilter; text: string }>(
    DESCRIBE_DELAY_MS,
    async ({ document, only, text }, isLatest) => {
      let answer = await request({ kind: 'match', document, only });
      // While the document cannot be built, the last one that could is what is shown.
      if (answer.kind === 'failed' && lastBuilt) answer = await request({ kind: 'match', document: lastBuilt, only });
      if (!isLatest()) return;
      if (answer.kind === 'matched') setState({ match: { text, paths: answer.paths, attributes: answer.attributes } });
      else if (answer.kind === 'failed') setState({ match: null });
    },
  );

  return {
    run: (document) =>
      startJob(
        document,
        (assets) => ({ kind: 'run', document, assets }),
        () => ({}),
      ),
    train: (document, steps, continueFrom) =>
      startJob(
        document,
        (assets) => ({ kind: 'train', document, assets, steps, continueFrom }),
        (documentHash) => {
          const last = continueFrom === 'last' ? getState().training : null;
          const step = last?.step ?? 0;
          return {
            training: { hash: documentHash, points: last?.points ?? [], step, goal: step + steps, canContinue: false, diverged: false },
          };
        },
      ),
    stop() {
      if (!isBusy(getState()) || !job || stopTimer !== undefined) return;
      setState({ status: 'stopping' });
      void request({ kind: 'stop' });
      stopTimer = setTimeout(() => {
        log('warning', 'The worker did not stop within 2 s and was replaced; trained values since the last start are lost.');
        replaceWorker(REPLACED);
      }, STOP_LIMIT_MS);
    },
    describe: (document) => describing.schedule(document),
    match(document, filter) {
      if (filter) matching.schedule({ document, ...filter });
      else {
        matching.cancel();
        setState({ match: null });
      }
    },
    async getTensor(key, part) {
      const { result } = getState();
      if (!result?.hasTensors) throw new Error('The values of this run are gone: the worker was restarted since. Run again.');
      const answer = await request({ kind: 'tensor', run: result.request, key, ...(part ? { part } : {}) });
      if (answer.kind === 'tensor') return answer.tensor;
      throw new Error(
        answer.kind === 'failed' ? `${answer.problem.message} ${answer.problem.hint}` : 'The worker gave no tensor. Run again.',
      );
    },
    reset() {
      if (isBusy(getState())) replaceWorker(REPLACED);
      else if (port) void request({ kind: 'reset' });
      describing.cancel();
      matching.cancel();
      lastBuilt = undefined;
      const { backend, backendNote, log: lines } = getState();
      setState({ ...INITIAL_RUNS, backend, backendNote, log: lines });
    },
    dispose() {
      describing.cancel();
      matching.cancel();
      clearTimeout(stopTimer);
      silence.end();
      port?.terminate();
      port = undefined;
      waiting.clear();
    },
  };
}

function isReplaced(answer: Answer): boolean {
  return answer.kind === 'failed' && answer.problem.code === REPLACED.code;
}

function statusOf(phase: string): RunStatus {
  if (phase === 'building' || phase === 'compiling' || phase === 'training') return phase;
  return 'running';
}
