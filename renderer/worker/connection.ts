/** @file What the window knows of its worker: something that takes requests and gives answers. */
import type { Answer, Request } from '../../core/run/index.ts';

export interface WorkerEvents {
  onAnswer(answer: Answer): void;
  /** The worker is gone; `reason` is told to the user. */
  onCrash(reason: string): void;
}

export interface WorkerPort {
  post(request: Request): void;
  terminate(): void;
}

/** Starts a worker. Tests start the same engine in their own process. */
export type ConnectWorker = (events: WorkerEvents) => WorkerPort;
