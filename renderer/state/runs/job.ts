/** @file One run or training at a time: its data are read, it is sent, it ends by its answer. It can be stopped at every moment. */
import type { Answer, Assets, Request, RequestId, RunProblem } from '../../../core/run/index.ts';
import type { Body, Requests } from './requests.ts';
import type { SilenceWatch } from './silence.ts';

/** A soft stop is seen between two steps; a worker that has not answered by then is stuck in one. */
export const STOP_LIMIT_MS = 2000;

export type JobBody = Body<Extract<Request, { readonly kind: 'run' | 'train' | 'seek' | 'overSteps' }>>;

/** How a job ends. Nothing of one that was abandoned is told. */
export interface JobEvents {
  onAnswer(answer: Answer, documentHash: string): void;
  onUnreadable(problem: RunProblem): void;
  /** Stopped while its data were read: no worker knows of it. */
  onStoppedEarly(): void;
  /** The worker does not hear. */
  onStuck(): void;
}

export interface Jobs {
  /** What the job under way is about; undefined: none. */
  readonly current: () => { readonly id: RequestId | undefined; readonly documentHash: string } | undefined;
  /** Settles when the job has ended, however that comes. */
  start(documentHash: string, assets: Promise<Assets>, make: (assets: Assets) => JobBody): Promise<void>;
  /** True: the worker was asked to; its answer ends the job. */
  stop(): boolean;
  /** Forgets the job under way: its answer, and what it reads, concern nobody any more. */
  abandon(): void;
}

interface Job {
  readonly documentHash: string;
  id: RequestId | undefined;
  readonly leave: () => void;
}

const LEFT = Symbol('left');

export function createJobs(requests: Requests, silence: SilenceWatch, events: JobEvents): Jobs {
  let job: Job | undefined;
  let stopTimer: ReturnType<typeof setTimeout> | undefined;

  /** Takes the job off. False: it was not the one under way any more. */
  function end(ended: Job): boolean {
    if (job !== ended) return false;
    clearTimeout(stopTimer);
    stopTimer = undefined;
    silence.end();
    job = undefined;
    return true;
  }

  async function go(mine: Job, assets: Promise<Assets>, make: (assets: Assets) => JobBody): Promise<void> {
    let body: JobBody;
    try {
      body = make(await assets);
    } catch (error) {
      if (end(mine)) events.onUnreadable(unreadable(error));
      return;
    }
    if (job !== mine) return;
    const { id, answer } = requests.send(body);
    mine.id = id;
    silence.start();
    const final = await answer;
    if (end(mine)) events.onAnswer(final, mine.documentHash);
  }

  return {
    current: () => job,
    async start(documentHash, assets, make) {
      let leave = (): void => undefined;
      const left = new Promise<typeof LEFT>((resolve) => (leave = () => resolve(LEFT)));
      const mine: Job = { documentHash, id: undefined, leave };
      job = mine;
      await Promise.race([go(mine, assets, make), left]);
    },
    stop() {
      if (!job || stopTimer !== undefined) return false;
      if (job.id === undefined) {
        const { leave } = job;
        end(job);
        events.onStoppedEarly();
        leave();
        return false;
      }
      requests.send({ kind: 'stop' });
      stopTimer = setTimeout(() => events.onStuck(), STOP_LIMIT_MS);
      return true;
    },
    abandon() {
      if (!job) return;
      const { leave } = job;
      end(job);
      leave();
    },
  };
}

function unreadable(error: unknown): RunProblem {
  return {
    code: 'data/unreadable',
    message: error instanceof Error ? error.message : String(error),
    hint: 'Choose another data source in the run settings.',
  };
}
