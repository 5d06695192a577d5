/** @file Variables: the places where Modules keep what changes. Port of flax/nnx/variablelib.py at 18f8f31. */
import { tf } from '../tensor/tf.ts';
import { KeyError, ValueError } from './errors.ts';
import { disown, giveAway, isOwned, own, release } from './ownership.ts';
import { typeNameOf } from './type-name.ts';
import { valueText } from './value-text.ts';

/** Further facts about a Variable: a tag, the initialiser, anything. Never traversed. */
export type Metadata = Readonly<Record<string, unknown>>;

/** A tensor that nobody has looked at yet: it costs no memory, and no time, until it is read. */
export class Pending {
  constructor(
    readonly shape: readonly number[],
    readonly dtype: tf.DataType,
    /** Makes the tensor; called once at most. */
    readonly make: () => tf.Tensor,
  ) {}
}

/** Zeros that nobody has looked at yet. */
export class PendingZeros extends Pending {
  constructor(shape: readonly number[], dtype: tf.DataType) {
    super(shape, dtype, () => tf.zeros([...shape], dtype));
  }
}

/**
 * A place that holds a value: mostly a tensor, after `sow` an array of them, or a number or key.
 *
 * The Variable owns the tensors in its value: it keeps them alive through every tidy and gradient scope, frees the old
 * ones when a new value is assigned, and all of them on `dispose`. Port of nnx.Variable.
 */
export class Variable<T = tf.Tensor> {
  static readonly typeName: string = 'Variable';
  #raw: T | Pending;
  #metadata: Map<string, unknown>;

  /** Takes ownership of the tensors in `value`; a tensor that another Variable owns is shared without copying its numbers. */
  constructor(value: T | Pending, metadata: Metadata = {}) {
    this.#raw = value instanceof Pending ? value : own(this, value);
    this.#metadata = new Map(Object.entries(metadata));
  }

  /** The value. Assigning one of any shape takes its tensors over and frees the old ones. */
  get value(): T {
    return this.getValue();
  }

  set value(value: T) {
    this.setValue(value);
  }

  /**
   * What `value` reads. A subclass may override it.
   * @throws ValueError after the Variable, or its tensor, was disposed.
   */
  getValue(): T {
    const value = this.getRawValue();
    if (value instanceof tf.Tensor && value.isDisposed)
      throw new ValueError(
        `The tensor of this ${typeNameOf(this)} was disposed. Set a new value first, or keep it until it is no longer read.`,
      );
    return value;
  }

  /** What `value` writes. A subclass may override it. */
  setValue(value: T): void {
    this.setRawValue(value);
  }

  /** The stored value, past any override of `getValue`. */
  getRawValue(): T {
    // Only a Variable of tensors is ever made with one that is pending.
    if (this.#raw instanceof Pending) this.#raw = own<unknown>(this, this.#raw.make()) as T;
    return this.#raw;
  }

  /** Stores a value, past any override of `setValue`. */
  setRawValue(value: T): void {
    const old = this.#raw;
    const mine = own(this, value);
    this.#raw = mine;
    if (old !== mine) disown(this, old, mine);
  }

  /**
   * Writes in place, as Flax's `v[...] = x`: the new value must broadcast to the present shape, and is cast to the present dtype.
   * Memory: takes the tensor over, as assigning to `value` does; one that had to be broadcast or cast is freed. The old one is freed.
   * @throws ValueError if it does not broadcast, TypeError if it is neither tensor nor number; then it stays the caller's.
   */
  set(this: Variable<tf.Tensor>, value: tf.Tensor | number): void {
    if (typeof value !== 'number' && !(value instanceof tf.Tensor))
      throw new TypeError(`set takes a tensor or a number, got ${typeNameOf(value)}. Assign to .value for anything else.`);
    const { shape, dtype } = this;
    const given = typeof value === 'number' ? [] : value.shape;
    const fits = given.length <= shape.length && given.every((size, i) => size === 1 || size === shape[shape.length - given.length + i]);
    if (!fits)
      throw new ValueError(
        `Incompatible shapes for broadcasting: a value of shape [${given.join(', ')}] cannot be written into ` +
          `${typeNameOf(this)} of shape [${shape.join(', ')}]. Assign to .value to change the shape.`,
      );
    const isSame =
      typeof value !== 'number' && value.dtype === dtype && given.length === shape.length && given.every((size, i) => size === shape[i]);
    if (isSame) {
      this.value = value;
      return;
    }
    this.value = tf.tidy(() => tf.broadcastTo(typeof value === 'number' ? tf.scalar(value, dtype) : tf.cast(value, dtype), [...shape]));
    if (typeof value !== 'number' && !isOwned(value)) release(value);
  }

  /** The zeros that this Variable stands for, if it has never been read or written since; else null. */
  get pendingZeros(): PendingZeros | null {
    return this.#raw instanceof PendingZeros ? this.#raw : null;
  }

  /** What is still to be made, if nobody has read or written the value since it was announced; else null. */
  get pending(): Pending | null {
    return this.#raw instanceof Pending ? this.#raw : null;
  }

  /** The tensor's shape. Defined where the value is a tensor. */
  get shape(): readonly number[] {
    return this.#tensorLike().shape;
  }

  /** The tensor's dtype. Defined where the value is a tensor. */
  get dtype(): tf.DataType {
    return this.#tensorLike().dtype;
  }

  #tensorLike(): tf.Tensor | Pending {
    const raw: unknown = this.#raw;
    if (raw instanceof tf.Tensor || raw instanceof Pending) return raw;
    throw new TypeError(`This ${typeNameOf(this)} holds ${typeNameOf(raw)}, not a tensor: it has no shape and no dtype.`);
  }

  /** The tag that text filters compare with, if there is one. */
  get tag(): string | undefined {
    const tag = this.#metadata.get('tag');
    return typeof tag === 'string' ? tag : undefined;
  }

  /**
   * All metadata in an object of its own, or one entry, or `otherwise` if there is no such entry.
   * @throws KeyError if there is no such entry and `otherwise` is not given.
   */
  getMetadata(): Record<string, unknown>;
  getMetadata(name: string, ...otherwise: [] | [unknown]): unknown;
  getMetadata(name?: string, ...otherwise: [] | [unknown]): unknown {
    if (name === undefined) return Object.fromEntries(this.#metadata);
    if (this.#metadata.has(name) || otherwise.length > 0) return this.#metadata.has(name) ? this.#metadata.get(name) : otherwise[0];
    throw this.#noMetadata(name);
  }

  #noMetadata(name: string): KeyError {
    return new KeyError(
      `'${name}' is no metadata of this ${typeNameOf(this)}. It has: ${[...this.#metadata.keys()].join(', ') || 'none'}.`,
    );
  }

  /**
   * Sets one entry, or replaces all of them by those of an object, as Flax does with a dict. To set several and keep the rest:
   * `v.setMetadata({ ...v.getMetadata(), a, b })`.
   */
  setMetadata(nameOrAll: string | Metadata, value?: unknown): void {
    if (typeof nameOrAll === 'string') this.#metadata.set(nameOrAll, value);
    else this.#metadata = new Map(Object.entries(nameOrAll));
  }

  /** Whether there is an entry of this name. */
  hasMetadata(name: string): boolean {
    return this.#metadata.has(name);
  }

  /** @throws KeyError if there is no such entry. */
  delMetadata(name: string): void {
    if (!this.#metadata.delete(name)) throw this.#noMetadata(name);
  }

  /**
   * A new Variable of the same type, by default with the same numbers (shared, not copied), and the same metadata with changes.
   * The constructor of a subclass does not run. Memory: owns a handle of its own, or the tensors of `value`. Port of
   * nnx.Variable.copy and replace.
   */
  copy(value?: T, metadata: Metadata = {}): this {
    // Numbers that are drawn are drawn once, and shared; zeros cost nothing to make again.
    const present = this.pendingZeros ?? (value === undefined ? this.getRawValue() : undefined);
    const contents = [value === undefined ? present : value, { ...this.getMetadata(), ...metadata }];
    return Reflect.construct(Variable, contents, this.constructor) as this;
  }

  /**
   * Takes over the value and metadata of a Variable of exactly the same type.
   * @throws ValueError if the types differ.
   */
  copyFrom(other: Variable<T>): void {
    if (other.constructor !== this.constructor)
      throw new ValueError(
        `Cannot copy from incompatible container, expected ${typeNameOf(this)}, got ${typeNameOf(other)}. Use a Variable of the same type.`,
      );
    if (other === this) return;
    const zeros = other.pendingZeros;
    if (zeros === null) this.setRawValue(other.getRawValue());
    else {
      disown(this, this.#raw);
      this.#raw = zeros;
    }
    this.#metadata = new Map(Object.entries(other.getMetadata()));
  }

  /** Gives the value away: its tensors become ordinary ones of the surrounding scope, and this Variable must not be used again. */
  take(): T {
    const value = this.getRawValue();
    giveAway(this, value);
    return value;
  }

  /** The type, and the dtype and shape or the value: `Param float32[2, 3]`. Makes no tensor. */
  toString(): string {
    return `${typeNameOf(this)} ${valueText(this.pending ?? this.getRawValue())}`;
  }

  /** Frees the tensors. The Variable must not be read again until a new value is assigned. */
  dispose(): void {
    disown(this, this.#raw);
  }
}

/** Trainable: what `grad` differentiates by default. Port of nnx.Param. */
export class Param<T = tf.Tensor> extends Variable<T> {
  static override readonly typeName: string = 'Param';
}

/** The low-rank matrices of LoRA: a Param that filters can tell apart. Port of nnx.LoRAParam. */
export class LoRAParam<T = tf.Tensor> extends Param<T> {
  static override readonly typeName: string = 'LoRAParam';
}

/** Running statistics of normalisation layers. Port of nnx.BatchStat. */
export class BatchStat<T = tf.Tensor> extends Variable<T> {
  static override readonly typeName: string = 'BatchStat';
}

/** What a layer remembers between calls, such as the keys and values of attention. Port of nnx.Cache. */
export class Cache<T = tf.Tensor> extends Variable<T> {
  static override readonly typeName: string = 'Cache';
}

/** Values sown on the way forward; by default an array with one entry per call. Port of nnx.Intermediate. */
export class Intermediate<T = readonly tf.Tensor[]> extends Variable<T> {
  static override readonly typeName: string = 'Intermediate';
}

/** What `perturb` adds, and after `grad` the gradient at that point. Port of nnx.Perturbation, an Intermediate. */
export class Perturbation<T = tf.Tensor> extends Intermediate<T> {
  static override readonly typeName: string = 'Perturbation';
  /** Only for TypeScript, which else could not tell this class from Intermediate. */
  declare static readonly perturbs: true;
}
