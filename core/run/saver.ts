/** @file Hands the state of a training to the window now and then: a worker that is lost then loses little. */
import { tf } from '../tensor/tf.ts';
import type { JobContext } from './jobs.ts';
import { Moment, type Standing } from './moment.ts';
import type { StepObserver } from './run-steps.ts';
import { saveTraining } from './training-file.ts';

/** More would be felt on its way. */
const MOST_BYTES = 64 * 2 ** 20;
const INTERVAL_MS = 3000;
/** Of the time so much at most goes into saving. */
const SHARE = 1 / 20;

export class Saver implements StepObserver {
  readonly #standing: Standing;
  readonly #job: JobContext;
  readonly #isSmall: boolean;
  #nextMs = tf.util.now() + INTERVAL_MS;
  #saving: Promise<void> = Promise.resolve();
  #isSaving = false;

  /** `standing` changes as steps are taken. */
  constructor(standing: Standing, job: JobContext) {
    this.#standing = standing;
    this.#job = job;
    const moment = new Moment(standing);
    // Before the first step what the optimizer remembers is not there yet: twice the weights at most.
    this.#isSmall = 3 * moment.sizes.reduce((sum, [, size]) => sum + size, 0) <= MOST_BYTES;
    moment.dispose();
  }

  /** Only a step whose loss was finite: what comes behind one that was not is broken. */
  measured(_step: number, loss: number): void {
    if (!this.#isSmall || this.#isSaving || !Number.isFinite(loss) || tf.util.now() < this.#nextMs) return;
    this.#isSaving = true;
    this.#saving = this.#save().finally(() => (this.#isSaving = false));
  }

  async #save(): Promise<void> {
    const [startedMs, { step }] = [tf.util.now(), this.#standing];
    try {
      const bytes = await saveTraining(this.#standing);
      this.#job.say({ kind: 'saved', step, bytes }, [bytes.buffer as ArrayBuffer]);
    } catch {
      // The window has the one before; a device that is lost is told by itself.
    }
    this.#nextMs = tf.util.now() + Math.max(INTERVAL_MS, (tf.util.now() - startedMs) / SHARE);
  }

  /** Where the training has ended, however short it was. */
  async end(): Promise<void> {
    await this.#saving;
    if (this.#isSmall) await this.#save();
  }
}
