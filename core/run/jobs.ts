/** @file What a long job may ask of the engine that runs it: to tell, to pause, to end. */
import { Stopped } from '../spec/run-error.ts';
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
  /** Whether a stop has been asked for, without letting anything in: where the owner of the engine can tell, also by a message still to come. */
  isStopAsked(): boolean;
}

/** Ends the job if a stop was asked for. */
export async function pauseOrStop(job: JobContext): Promise<void> {
  if (await job.pause()) throw new Stopped('A stop was asked for.');
}

/** The same in the middle of work that cannot pause. */
export function stopIfAsked(job: Pick<JobContext, 'isStopAsked'>): void {
  if (job.isStopAsked()) throw new Stopped('A stop was asked for.');
}

export function warn(job: JobContext, problem: RunProblem): void {
  job.say({ kind: 'warned', problem });
}

export type RequestOf<K extends Request['kind']> = Extract<Request, { readonly kind: K }>;
