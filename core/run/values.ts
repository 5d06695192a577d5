/** @file The tensors of the latest run, by key, for whoever wants to see one whole. */
import { tf } from '../tensor/tf.ts';
import { fail } from '../spec/run-error.ts';
import type { RequestId, Summary, TensorData, ValueKey } from './protocol.ts';
import { type Values, summarize } from './summary.ts';

/** Owns its tensors: each is disposed when the next run replaces them, or when all are cleared. */
export class KeptValues {
  readonly #tensors = new Map<ValueKey, tf.Tensor>();
  #run: RequestId | null = null;

  /** Frees what is kept; from now on values belong to `run`. */
  reset(run: RequestId | null): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
    this.#run = run;
  }

  /** Takes the tensor over, and survives every tidy. Keys of one run are distinct. */
  keep(key: ValueKey, tensor: tf.Tensor): ValueKey {
    this.#tensors.set(key, tf.keep(tensor));
    return key;
  }

  #find(key: ValueKey): tf.Tensor {
    return this.#tensors.get(key) ?? fail('run/no-value', `There is no value "${key}" in the latest run.`, 'Run again.');
  }

  /** A copy of the numbers: what the backend caches must not be transferred away. */
  async read(run: RequestId, key: ValueKey): Promise<TensorData> {
    if (run !== this.#run) fail('run/old-run', 'The values of this run were replaced by a later one.', 'Run again.');
    const tensor = this.#find(key);
    const { shape } = tensor;
    const data = Float32Array.from(await tensor.data<'float32'>());
    return { shape: [...shape], dtype: tensor.dtype as TensorData['dtype'], data };
  }

  /**
   * Summaries of all. Every read is asked for before the first is awaited, for each has a fence, and fences are slow;
   * handles on the same numbers (a sown value and its wire) are read once.
   */
  async summarize(): Promise<Map<ValueKey, Summary>> {
    const reads = new Map<string, Promise<Summary>>();
    const ids = new Map<object, number>();
    const idOf = (tensor: tf.Tensor): number => {
      const id = ids.get(tensor.dataId) ?? ids.size;
      ids.set(tensor.dataId, id);
      return id;
    };
    const read = async (tensor: tf.Tensor): Promise<Summary> =>
      summarize((await tensor.data()) as Values, tensor.shape, tensor.dtype as TensorData['dtype']);
    const entries = [...this.#tensors].map(([key, tensor]) => {
      const what = `${idOf(tensor)} ${tensor.dtype} ${tensor.shape.join()}`;
      const reading = reads.get(what) ?? read(tensor);
      reads.set(what, reading);
      return [key, reading] as const;
    });
    return new Map(await Promise.all(entries.map(async ([key, reading]) => [key, await reading] as const)));
  }
}
