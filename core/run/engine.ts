/**
 * @file Requests in, answers out. Knows no worker: whoever owns the messages passes `post` and `pause`. One job runs at a
 * time; describe, match and looking at values are quick and slot in between the steps of a long one. Every request gets exactly one
 * final answer: what a newer describe or match overtakes, and what a stop finds waiting, is answered by `stopped`.
 */
import type { ModelDocument } from '../document/schema.ts';
import { onCpu, type PickedBackend, startBackend, watchContextLoss } from './backend.ts';
import { describeModules } from './describe.ts';
import { differencesBetween } from './differences.ts';
import { whyCpu } from './fitting-backend.ts';
import { runForwardBackward } from './forward-backward.ts';
import { releaseTextures } from '../tensor/texture-memory.ts';
import { type JobContext, type RequestOf, type Said, warn } from './jobs.ts';
import { matchModules } from './match-modules.ts';
import { problemOf } from './problem.ts';
import type { Answer, BackendName, Request, RequestId, RunProblem } from './protocol.ts';
import { Stopped } from '../spec/run-error.ts';
import { Skeleton } from './skeleton.ts';
import { Training } from './train.ts';
import { BUDGET_BYTES, StoreOfValues } from './store-of-values.ts';

export interface EngineOptions {
  /** Buffers in `transfer` may be moved, not copied: the engine does not touch them again. */
  readonly post: (answer: Answer, transfer: readonly ArrayBuffer[]) => void;
  /** Resolves after the messages that have arrived by now were handled. */
  readonly pause: () => Promise<void>;
  /** This backend and no other; WebGL where there is one unless given. */
  readonly backend?: BackendName | undefined;
  /** Whether a stop is on its way that `handle` has not been given yet: it is asked in the middle of work that lets no message in. */
  readonly isStopComing?: () => boolean;
  /** What the values of runs may take together; 256 MiB unless given. */
  readonly budgetBytes?: number;
}

export interface Engine {
  handle(request: Request): void;
  /** Says `alive` for the job under way, if there is one. Whoever owns a clock calls it every second: the engine has none. */
  beat(): void;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
  /** Frees every tensor that the engine holds: values of runs and trained weights. Nothing may run. */
  dispose(): void;
}

const CONTEXT_LOST: RunProblem = {
  code: 'backend/context-lost',
  message: 'The graphics driver took the WebGL context away, and all values with it.',
  hint: 'A new worker must be started; run again.',
};

type Quick = RequestOf<'describe' | 'match' | 'tensor' | 'summaries' | 'differences' | 'pin' | 'forget'>;
type Long = RequestOf<'run' | 'train' | 'seek' | 'overSteps' | 'restore' | 'weights' | 'reset'>;

const LONG: ReadonlySet<Request['kind']> = new Set<Long['kind']>(['run', 'train', 'seek', 'overSteps', 'restore', 'weights', 'reset']);
const isLong = (request: Request): request is Long => LONG.has(request.kind);

/** What only the latest of is answered. */
const OVERTAKING: ReadonlySet<Request['kind']> = new Set(['describe', 'match']);

/**
 * Starts no backend before the first request asks for one. The engine owns the trained model and the values of runs: free them
 * by `dispose`.
 */
export function createEngine({
  post,
  pause,
  backend: wanted,
  isStopComing = () => false,
  budgetBytes = BUDGET_BYTES,
}: EngineOptions): Engine {
  const values = new StoreOfValues(budgetBytes);
  const training = new Training();
  const skeleton = new Skeleton();
  const quick: Quick[] = [];
  const long: Long[] = [];
  let backend: Promise<PickedBackend> | undefined;
  let working: Promise<void> | undefined;
  let current: Long | undefined;
  const stops: RequestId[] = [];
  const compiled = new Set<string>();
  let isLost = false;

  const say = (id: RequestId, answer: Said, transfer: readonly ArrayBuffer[] = []): void => post({ ...answer, id } as Answer, transfer);
  const sayFailed = (id: RequestId, error: unknown): void =>
    say(id, error instanceof Stopped ? { kind: 'stopped' } : { kind: 'failed', problem: problemOf(error) });

  async function start(id: RequestId): Promise<PickedBackend> {
    const isFirst = !backend;
    backend ??= startBackend(wanted);
    const picked = await backend;
    if (isFirst) {
      watchContextLoss(() => {
        isLost = true;
        say(current?.id ?? 0, { kind: 'failed', problem: CONTEXT_LOST });
      });
      if (picked.name === 'cpu' && !wanted)
        say(id, {
          kind: 'warned',
          problem: { code: 'backend/cpu', message: `The CPU computes: ${picked.detail}.`, hint: 'Runs are slower than on WebGL.' },
        });
    }
    return picked;
  }

  function described(document: ModelDocument): Said {
    const { model, unbuilt } = skeleton.of(document);
    return { kind: 'described', modules: describeModules(model), problem: unbuilt && problemOf(unbuilt) };
  }

  async function quickAnswer(request: Quick): Promise<{ readonly answer: Said; readonly transfer?: readonly ArrayBuffer[] }> {
    switch (request.kind) {
      case 'tensor': {
        const tensor = await values.of(request.run).read(request.key, request.part);
        return { answer: { kind: 'tensor', tensor }, transfer: [tensor.data.buffer as ArrayBuffer] };
      }
      case 'summaries':
        return { answer: { kind: 'summaries', summaries: await values.of(request.run).summarize(request.keys, request.range) } };
      case 'differences': {
        const differences = await differencesBetween(values.of(request.run), values.of(request.from), request.keys);
        return { answer: { kind: 'differences', differences } };
      }
      case 'pin':
        values.pin(request.run, request.isPinned);
        return { answer: { kind: 'pinned' } };
      case 'forget':
        values.forget(request.runs);
        return { answer: { kind: 'forgotten' } };
      case 'describe':
        return { answer: described(request.document) };
      case 'match':
        return { answer: { kind: 'matched', ...matchModules(skeleton.of(request.document).model, request.only) } };
    }
  }

  async function answerQuick(request: Quick): Promise<void> {
    try {
      await start(request.id);
      const { answer, transfer } = await quickAnswer(request);
      say(request.id, answer, transfer);
    } catch (error) {
      sayFailed(request.id, error);
    }
  }

  async function answerQuicks(): Promise<void> {
    for (let next = quick.shift(); next; next = quick.shift()) await answerQuick(next);
  }

  /** A run or a training, on the backend that fits its document. */
  async function compute(request: RequestOf<'run' | 'train' | 'seek' | 'overSteps' | 'restore'>, job: JobContext): Promise<void> {
    if (request.kind === 'seek' || request.kind === 'overSteps') {
      const look = (job: JobContext): Promise<void> =>
        request.kind === 'seek' ? training.seek(request, job) : training.lookOverSteps(request, job);
      const note = wanted || !training.document ? undefined : whyCpu(training.document);
      await (note ? onCpu(() => look({ ...job, backend: 'cpu' })) : look(job));
      return;
    }
    if (request.kind === 'restore') {
      const note = wanted ? undefined : whyCpu(request.document);
      const restore = (job: JobContext): void => training.restore(request, job);
      await (note ? onCpu(() => Promise.resolve(restore({ ...job, backend: 'cpu' }))) : restore(job));
      return;
    }
    const work = (job: JobContext, note?: RunProblem): Promise<void> => {
      job.say({ kind: 'started', backend: job.backend });
      if (note) warn(job, note);
      return request.kind === 'run' ? runForwardBackward(request, job, values, training) : training.train(request, job);
    };
    const note = wanted ? undefined : whyCpu(request.document);
    return note ? onCpu(() => work({ ...job, backend: 'cpu' }, note)) : work(job);
  }

  async function answerLong(request: Long): Promise<void> {
    const { id } = request;
    try {
      const { name } = await start(id);
      const job: JobContext = {
        backend: name,
        isFirst(key) {
          const isNew = !compiled.has(key);
          compiled.add(key);
          return isNew;
        },
        say: (answer, transfer) => say(id, answer, transfer),
        async pause() {
          await pause();
          await answerQuicks();
          return stops.length > 0;
        },
        isStopAsked: () => stops.length > 0 || isStopComing(),
      };
      if (request.kind === 'reset') {
        training.reset();
        values.dispose();
        job.say({ kind: 'reset' });
        return;
      }
      if (request.kind === 'weights') {
        const bytes = await training.save();
        job.say({ kind: 'weights', bytes }, [bytes.buffer as ArrayBuffer]);
        return;
      }
      await compute(request, job);
    } catch (error) {
      if (!isLost) sayFailed(id, error);
    }
  }

  async function work(): Promise<void> {
    // A later turn, so that several requests of one turn are seen together.
    await Promise.resolve();
    while (quick.length + long.length + stops.length > 0) {
      await answerQuicks();
      // What waits by now came after these stops.
      for (const id of stops.splice(0)) say(id, { kind: 'stopped' });
      current = long.shift();
      if (current) await answerLong(current);
      current = undefined;
    }
    releaseTextures();
    // In the same turn as the last look at the queues: a request that comes later starts the work anew.
    working = undefined;
  }

  return {
    handle(request) {
      if (request.kind === 'stop') {
        for (const { id } of long.splice(0)) say(id, { kind: 'stopped' });
        stops.push(request.id);
      } else if (isLong(request)) long.push(request);
      else {
        const overtaken = quick.findIndex((each) => each.kind === request.kind && OVERTAKING.has(each.kind));
        if (overtaken >= 0) for (const { id } of quick.splice(overtaken, 1)) say(id, { kind: 'stopped' });
        quick.push(request);
      }
      working ??= work();
    },
    beat() {
      if (current && !isLost) say(current.id, { kind: 'alive' });
    },
    async idle() {
      for (let work = working; work; work = working) await work;
    },
    dispose() {
      values.dispose();
      training.reset();
      skeleton.dispose();
      releaseTextures(0);
    },
  };
}
