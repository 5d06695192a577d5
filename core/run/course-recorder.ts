/** @file What a training leaves behind for the diagnoses: its losses, how far single steps moved each Param, and the step that broke it. */
import { checkDocument } from '../check/check-document.ts';
import type { SeenCourse, SeenPass, SeenUpdate } from '../diagnose/seen.ts';
import { Places } from '../diagnose/shared/places.ts';
import type { ModelDocument } from '../document/schema.ts';
import { toFilter } from '../nnx/filter.ts';
import { variablesBelow, type WatchedVariable } from '../nnx/grad-arguments.ts';
import type { Source } from '../spec/source.ts';
import { readMany } from '../tensor/read-many.ts';
import { tf } from '../tensor/tf.ts';
import { isNotFinite } from './summary.ts';
import type { OpenedModel } from './open-model.ts';
import type { StepObserver, Trained } from './run-steps.ts';
import { seeBatch } from './see-batch.ts';
import type { Evaluation } from './step.ts';

/** So many steps are looked at, the first ones and others spread over the training. */
const FIRST = 3;
const SPREAD = 12;

export interface CourseOptions {
  readonly from: number;
  readonly steps: number;
  readonly source: Source;
  readonly opened: OpenedModel;
  readonly document: ModelDocument;
}

interface Measure {
  readonly step: number;
  /** Norms of the weights before the step, and of what it added: (2, params). */
  readonly norms: tf.Tensor;
}

/** Owns tensors until `dispose`. */
export class CourseRecorder implements StepObserver {
  readonly #options: CourseOptions;
  readonly #params: readonly WatchedVariable[];
  readonly #steps: ReadonlySet<number>;
  readonly #losses: [number, number][] = [];
  readonly #measures: Measure[] = [];
  #before: tf.Tensor[] = [];
  #divergedAt: number | null = null;
  #testAccuracy: number | null = null;
  /** The pass of the step that broke the training: of the first gradient that is not finite, else of the loss. Its tensors are gone. */
  broken: { readonly pass: SeenPass } | null = null;

  constructor({ model, optimizer }: Trained, options: CourseOptions) {
    this.#options = options;
    const wrt = toFilter(optimizer.wrt);
    this.#params = variablesBelow(model).filter(({ path, variable }) => wrt.test(path, variable));
    const { from, steps } = options;
    const spread = Array.from({ length: SPREAD }, (_, i) => from + 1 + Math.floor((i * Math.max(0, steps - 1)) / (SPREAD - 1)));
    this.#steps = new Set([...Array.from({ length: FIRST }, (_, i) => from + 1 + i), ...spread]);
  }

  before(step: number): void {
    if (!this.#steps.has(step)) return;
    this.#before = this.#values().map((value) => tf.keep(tf.clone(value)));
  }

  after(step: number): void {
    if (this.#before.length === 0) return;
    const before = this.#before.splice(0);
    const norms = tf.tidy(() => {
      const values = this.#values();
      const all = [...before.map((each) => tf.norm(each)), ...values.map((value, i) => tf.norm(tf.sub(value, before[i]!)))];
      return tf.keep(tf.stack(all));
    });
    tf.dispose(before);
    this.#measures.push({ step, norms });
  }

  measured(step: number, loss: number, test: Evaluation | undefined): void {
    this.#losses.push([step, loss]);
    if (test?.testAccuracy !== undefined) this.#testAccuracy = test.testAccuracy;
  }

  /** A gradient that is not finite breaks the weights, and only the loss of the step behind it tells: then it is the step before that counts. */
  async diverged(step: number, restore: (step: number) => boolean): Promise<void> {
    this.#divergedAt = step;
    if (!restore(step - 1)) return;
    let pass = await this.#look(step);
    const isWeights = pass.variables.some(({ gradient, value }) => gradient !== null && isNotFinite(value));
    if (isWeights && restore(step - 2)) {
      const before = await this.#look(step - 1);
      const isThere = before.variables.some(({ gradient }) => gradient !== null && isNotFinite(gradient));
      if (isThere) pass = before;
    }
    this.broken = { pass: { ...pass, wires: pass.wires.map((wire) => ({ ...wire, tensor: null })) } };
  }

  async course(): Promise<SeenCourse> {
    const read = await readMany(this.#measures.map(({ norms }) => norms));
    const updates = this.#measures.flatMap(({ step }, i) => {
      const norms = read[i]!;
      return this.#params.map(({ path, variable }, at): SeenUpdate => ({
        step,
        path,
        weight: norms[at] ?? NaN,
        update: norms[this.#params.length + at] ?? NaN,
        rank: (variable.getValue() as tf.Tensor).rank,
      }));
    });
    return { losses: this.#losses, updates, divergedAt: this.#divergedAt, testAccuracy: this.#testAccuracy };
  }

  dispose(): void {
    tf.dispose([...this.#before, ...this.#measures.map(({ norms }) => norms)]);
  }

  #values(): tf.Tensor[] {
    return this.#params.map(({ variable }) => variable.getValue() as tf.Tensor);
  }

  #look(step: number): Promise<SeenPass> {
    const { document, source, opened } = this.#options;
    const places = new Places(document, checkDocument(document));
    const at = { step, isFresh: step === 1 };
    return seeBatch(opened, source.trainBatch(step - 1), { document, places, source }, at, (pass) => Promise.resolve(pass));
  }
}
