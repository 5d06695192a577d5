/** @file Requests in flight: each is numbered, sent to the worker, and settled by the one answer that ends it. */
import { isInterim, type Answer, type Request, type RequestId, type RunProblem } from '../../../core/run/index.ts';
import type { ConnectWorker, WorkerPort } from '../../worker/connection.ts';

/** A request without its number. */
export type Body<R = Request> = R extends Request ? Omit<R, 'id'> : never;

export interface Requests {
  /** Starts a worker if there is none. The answer never rejects: a worker that is gone answers `failed`. */
  send(body: Body): { readonly id: RequestId; readonly answer: Promise<Answer> };
  /** Ends the worker; whatever waits fails with the problem, and the next request starts a new one. */
  replaceWorker(problem: RunProblem): void;
  readonly hasWorker: () => boolean;
  /** Ends the worker; nothing is answered any more. */
  dispose(): void;
}

export interface RequestEvents {
  /** Any sign of life. */
  onHeard(): void;
  /** An answer on the way to the one that ends its request. */
  onInterim(answer: Answer): void;
  /** The worker cannot go on. */
  onCrash(reason: string): void;
}

/** Problems after which the worker cannot go on. */
const FATAL_CODES = new Set(['worker/crashed', 'backend/context-lost']);

export function createRequests(connect: ConnectWorker, { onHeard, onInterim, onCrash }: RequestEvents): Requests {
  let port: WorkerPort | undefined;
  let nextId: RequestId = 1;
  const waiting = new Map<RequestId, (answer: Answer) => void>();

  function onAnswer(answer: Answer): void {
    onHeard();
    if (isInterim(answer)) {
      onInterim(answer);
      return;
    }
    const settle = waiting.get(answer.id);
    waiting.delete(answer.id);
    settle?.(answer);
    if (answer.kind === 'failed' && FATAL_CODES.has(answer.problem.code)) onCrash(answer.problem.message);
  }

  function end(): void {
    port?.terminate();
    port = undefined;
  }

  return {
    send(body) {
      const id = nextId++;
      const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve));
      port ??= connect({ onAnswer, onCrash });
      port.post({ ...body, id } as Request);
      return { id, answer };
    },
    replaceWorker(problem) {
      end();
      const unanswered = [...waiting];
      waiting.clear();
      for (const [id, settle] of unanswered) settle({ id, kind: 'failed', problem });
    },
    hasWorker: () => port !== undefined,
    dispose() {
      end();
      waiting.clear();
    },
  };
}
