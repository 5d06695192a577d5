/** @file The tensors of the latest run, by key, for whoever wants to see one whole. */
import { tf } from '../tensor/tf.ts';
import { fail } from '../spec/run-error.ts';
import type { RequestId, Summary, TensorData, TensorPart, ValueKey } from './protocol.ts';
import { readPart } from './read-part.ts';
import { summarizeAll } from './summarize-all.ts';

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

  /** A copy of the numbers, of a part alone those of the part: what the backend caches must not be transferred away. */
  async read(run: RequestId, key: ValueKey, part?: TensorPart): Promise<TensorData> {
    if (run !== this.#run) fail('run/old-run', 'The values of this run were replaced by a later one.', 'Run again.');
    const tensor = this.#find(key);
    const dtype = tensor.dtype as TensorData['dtype'];
    const data = part ? await readPart(tensor, part) : Float32Array.from(await tensor.data<'float32'>());
    return { shape: [...(part?.size ?? tensor.shape)], dtype, data };
  }

  /** Summaries of all. Handles on the same numbers (a sown value and its wire) are looked at once. */
  async summarize(): Promise<Map<ValueKey, Summary>> {
    const ids = new Map<object, number>();
    const which = new Map<string, { readonly index: number; readonly tensor: tf.Tensor }>();
    const indices = [...this.#tensors].map(([key, tensor]) => {
      const id = ids.get(tensor.dataId) ?? ids.size;
      ids.set(tensor.dataId, id);
      const what = `${id} ${tensor.dtype} ${tensor.shape.join()}`;
      const known = which.get(what) ?? { index: which.size, tensor };
      which.set(what, known);
      return [key, known.index] as const;
    });
    const summaries = await summarizeAll([...which.values()].map(({ tensor }) => tensor));
    return new Map(indices.map(([key, index]) => [key, summaries[index]!]));
  }
}
