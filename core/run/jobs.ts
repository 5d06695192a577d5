/** @file What a long job may ask of the engine that runs it: to tell, to pause, to end. */
import type { Answer, BackendName, Request, RunProblem } from './protocol.ts';

/** An answer before the engine has put the request's id on it. */
export type Said = Answer extends infer A ? (A extends Answer ? Omit<A, 'id'> : never) : never;

export interface JobContext {
  readonly backend: BackendName;
  /** Whether this is asked for the first time: WebGL compiles its shaders then. */
  isFirst(key: string): boolean;
  say(answer: Said, transfer?: readonly ArrayBuffer[]): void;
  /** Lets messages in and quick requests be answered; then says whether a stop was asked for. Call it at least every 50 ms. */
  pause(): Promise<boolean>;
}

/** Thrown by a job that ends because of a stop, where it has nothing else to answer. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Ends the job if a stop was asked for. */
export async function pauseOrStop(job: JobContext): Promise<void> {
  if (await job.pause()) throw new Stopped('A stop was asked for.');
}

export function warn(job: JobContext, problem: RunProblem): void {
  job.say({ kind: 'warned', problem });
}

export type RequestOf<K extends Request['kind']> = Extract<Request, { readonly kind: K }>;
