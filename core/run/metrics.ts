/** @file Collects what training has to tell, and tells it about ten times a second. */
import { tf } from '../tensor/tf.ts';
import type { JobContext } from './jobs.ts';
import type { MetricPoint } from './protocol.ts';

const INTERVAL_MS = 100;

/** Belongs to one training. Loses nothing: what is held back is told by the next call or by `tell`. */
export class Metrics {
  #points: MetricPoint[] = [];
  #toldMs = tf.util.now();
  readonly #job: JobContext;

  constructor(job: JobContext) {
    this.#job = job;
  }

  add(point: MetricPoint): void {
    this.#points.push(point);
    if (tf.util.now() - this.#toldMs >= INTERVAL_MS) this.tell();
  }

  /** Tells what has not been told yet. */
  tell(): void {
    if (this.#points.length > 0) this.#job.say({ kind: 'metrics', points: this.#points });
    this.#points = [];
    this.#toldMs = tf.util.now();
  }
}
