/** @file The tensors of one run, by key, for whoever wants to see one whole. */
import type { Values } from '../tensor/read-many.ts';
import { tf } from '../tensor/tf.ts';
import { fail } from '../spec/run-error.ts';
import type { Statistics, Summary, TensorData, TensorPart, ValueKey } from './protocol.ts';
import { readPart } from './read-part.ts';
import { measureAll, summarizeAll } from './summarize-all.ts';
import type { BinRange } from './summary.ts';

/** Owns its tensors, until it is disposed. */
export class RunValues {
  readonly #tensors = new Map<ValueKey, tf.Tensor>();

  /** Takes the tensor over, and survives every tidy. Keys are distinct. */
  keep(key: ValueKey, tensor: tf.Tensor): ValueKey {
    this.#tensors.set(key, tf.keep(tensor));
    return key;
  }

  /** It stays this one's. */
  find(key: ValueKey): tf.Tensor | undefined {
    return this.#tensors.get(key);
  }

  keys(): Iterable<ValueKey> {
    return this.#tensors.keys();
  }

  /** @throws RunError where there is none. */
  get(key: ValueKey): tf.Tensor {
    return this.find(key) ?? fail('run/no-value', `There is no value "${key}" in this run.`, 'Run again.');
  }

  /** What the numbers take; handles on the same ones are counted once. */
  get bytes(): number {
    const sizes = new Map([...this.#tensors.values()].map((tensor) => [tensor.dataId as object, tensor.size * bytesOf(tensor)]));
    return [...sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  /** A copy of the numbers, of a part alone those of the part: what the backend caches must not be transferred away. */
  async read(key: ValueKey, part?: TensorPart): Promise<TensorData> {
    const tensor = this.get(key);
    const dtype = tensor.dtype as TensorData['dtype'];
    const data = part ? await readPart(tensor, part) : Float32Array.from(await tensor.data<'float32'>());
    return { shape: [...(part?.size ?? tensor.shape)], dtype, data };
  }

  /**
   * Statistics of all, and in the same read-back the numbers of tensors beside these. Handles on the same numbers (a sown value and its wire) are
   * looked at once.
   */
  async measure(
    asked: readonly tf.Tensor[] = [],
  ): Promise<{ readonly statistics: Map<ValueKey, Statistics>; readonly beside: readonly Values[] }> {
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
    const tensors = [...which.values()].map(({ tensor }) => tensor);
    const { measured, beside } = await measureAll(tensors, { beside: asked });
    return { statistics: new Map(indices.map(([key, index]) => [key, measured[index]!])), beside };
  }

  /** Summaries in the order of the keys. */
  summarize(keys: readonly ValueKey[], range?: BinRange): Promise<Summary[]> {
    return summarizeAll(
      keys.map((key) => this.get(key)),
      undefined,
      range,
    );
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }
}

function bytesOf({ dtype }: tf.Tensor): number {
  return tf.util.bytesPerElement(dtype);
}
