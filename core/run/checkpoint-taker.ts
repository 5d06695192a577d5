/** @file Takes the checkpoints of a training as its steps go by, and tells the window which there are. */
import { tf } from '../tensor/tf.ts';
import { CHECKPOINT_BYTES, type Checkpoints } from './checkpoints.ts';
import type { JobContext } from './jobs.ts';
import type { Standing } from './moment.ts';
import type { RunProblem } from './protocol.ts';
import type { StepObserver } from './run-steps.ts';

const INTERVAL_MS = 250;

const TOO_LARGE: RunProblem = {
  code: 'train/no-checkpoints',
  message: `No steps are kept to go back to: weights and optimizer together take more than ${CHECKPOINT_BYTES / 2 ** 21} MiB.`,
  hint: 'Train fewer of the parameters, or a smaller model.',
};

/** Keeps the present state of a training, whatever its step, and tells what is kept. */
export function keepWhereItStands(standing: Standing, checkpoints: Checkpoints, job: JobContext): void {
  tell(checkpoints, job, checkpoints.take(standing) ? null : TOO_LARGE);
}

function tell(checkpoints: Checkpoints, job: JobContext, problem: RunProblem | null): void {
  job.say({ kind: 'kept', steps: checkpoints.steps, bytes: checkpoints.bytes, problem });
}

export class CheckpointTaker implements StepObserver {
  readonly #standing: Standing;
  readonly #checkpoints: Checkpoints;
  readonly #job: JobContext;
  #isTooLarge = false;
  #isFirst = true;
  #toldMs = tf.util.now();

  /** `standing` changes as steps are taken. */
  constructor(standing: Standing, checkpoints: Checkpoints, job: JobContext) {
    this.#standing = standing;
    this.#checkpoints = checkpoints;
    this.#job = job;
  }

  /** Where a training begins one can go back to, too. */
  before(): void {
    if (this.#isFirst) this.#take();
    this.#isFirst = false;
  }

  after(step: number): void {
    if (this.#checkpoints.isDue(step)) this.#take();
  }

  #take(): void {
    if (this.#isTooLarge) return;
    this.#isTooLarge = !this.#checkpoints.take(this.#standing);
    if (tf.util.now() - this.#toldMs < INTERVAL_MS) return;
    this.#toldMs = tf.util.now();
    tell(this.#checkpoints, this.#job, this.#isTooLarge ? TOO_LARGE : null);
  }
}
