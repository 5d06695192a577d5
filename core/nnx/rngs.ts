/** @file Streams of random keys. Port of flax/nnx/rnglib.py at 18f8f31; the keys are JAX's own, bit for bit. */
import { sizeOf } from '../random/bits.ts';
import { foldIn, isKey, type Key, key as keyOf, keyFromData, split } from '../random/key.ts';
import { AttributeError, ValueError } from './errors.ts';
import { type Filter, type FilterObject, toFilter } from './filter.ts';
import { isPlainContainer } from './ownership.ts';
import { RandomDraws } from './random-draws.ts';
import { typeNameOf } from './type-name.ts';
import { type Metadata, Variable } from './variable.ts';

/** The state of random streams. Port of nnx.RngState. */
export class RngState<T = unknown> extends Variable<T> {
  static override readonly typeName: string = 'RngState';
}

/** A key, or an array of keys, nested, after a split into several. */
export type Keys = Key | readonly Keys[];

/** How many keys a stream has given; an array of the same form as the keys after a split. */
export type Counts = number | readonly Counts[];

/** The key that a stream derives its keys from. Never changes. Port of nnx.RngKey. */
export class RngKey extends RngState<Keys> {
  static override readonly typeName: string = 'RngKey';
}

/** How many keys a stream has given. Port of nnx.RngCount. */
export class RngCount extends RngState<Counts> {
  static override readonly typeName: string = 'RngCount';
}

class RngStreamBase extends RandomDraws {
  static override readonly typeName: string = 'RngStream';

  /** A stream is a function, so that `rngs.params()` works as in Flax; its attributes are those of any Pytree. */
  static override blank(prototype: object): object {
    const stream: () => Key = () => (stream as RngStream).next();
    // A function's own `name` and `length` are no attributes of the stream.
    Reflect.deleteProperty(stream, 'name');
    Reflect.deleteProperty(stream, 'length');
    return Object.setPrototypeOf(stream, prototype) as object;
  }

  declare readonly tag: string;
  declare readonly key: RngKey;
  declare readonly count: RngCount;

  /**
   * @param seed an integer, a key, or keys in nested arrays.
   * @throws ValueError if it is something else.
   */
  constructor(seed: RngSeed | Keys, { tag, metadata = {} }: { tag: string; metadata?: Metadata }) {
    super();
    const start = toKeys(seed);
    const attributes = {
      tag,
      key: new RngKey(start, { ...metadata, tag }),
      count: new RngCount(zeroCounts(start), { ...metadata, tag }),
    };
    return Object.assign(RngStreamBase.blank(new.target.prototype) as RngStream, attributes);
  }

  /** The next key: the count folded into the start key; then the count goes up by one. The same as calling the stream. */
  next(): Key {
    const start = this.key.value;
    const count = this.count.value;
    if (!isKey(start) || typeof count !== 'number')
      throw new ValueError('fold_in accepts a single key: this stream was split and holds several. Use the streams it was split into.');
    const next = foldIn(start, count);
    this.count.value = count + 1;
    return next;
  }

  /** A stream that starts from this one's next key. */
  fork(): RngStream {
    return new RngStream(this.next(), { tag: this.tag });
  }

  /** A stream of `n` keys, or of keys of a shape, split from this one's next key. @throws RangeError for sizes that are none. */
  split(shape: KeyShape): RngStream {
    return new RngStream(splitTo(this.next(), shape), { tag: this.tag });
  }

  /** A stream that repeats this one's next key in a shape. @throws RangeError for sizes that are none. */
  broadcast(shape: KeyShape): RngStream {
    sizeOf(toShape(shape)); // refuses sizes that are none
    return new RngStream(repeated(this.next(), toShape(shape)), { tag: this.tag });
  }
}

/**
 * A stream of keys: the key at its start with the count of keys given folded in. Calling it gives the next key.
 * Port of nnx.RngStream.
 */
export type RngStream = RngStreamBase & (() => Key);

export const RngStream: {
  new (seed: RngSeed | Keys, options: { readonly tag: string; readonly metadata?: Metadata }): RngStream;
  readonly prototype: RngStream;
  readonly typeName: string;
} = RngStreamBase as never;

/** What a stream may start from: an integer, a key, a key's two words, or another stream (its key; the count starts again). */
export type RngSeed = number | boolean | Key | Uint32Array | RngStream;

/** A number of keys, or the shape of an array of keys. */
export type KeyShape = number | readonly number[];

/** Seeds by the names of streams, as an object or a Map. */
type SeedTable = RngSeeds | ReadonlyMap<string, RngSeed>;

/** Streams by name. */
export type RngSeeds<Name extends string = string> = Readonly<Record<Name, RngSeed>>;

/**
 * Named streams of random keys. `new Rngs(0)` has one stream, `default`; `new Rngs({ params: 0, dropout: 1 })` has two.
 *
 * `rngs.params()` gives the next key of a stream. `params`, `dropout`, `carry` and `default` are always there and fall
 * back to the stream `default`; for other names that may be missing use `rngs.stream(name)`. Flax falls back for every
 * attribute, which makes an Rngs pretend to have all of them (BUG-01). Port of nnx.Rngs.
 */
class RngsBase extends RandomDraws {
  static override readonly typeName: string = 'Rngs';
  declare readonly default: RngStream;
  declare readonly params: RngStream;
  declare readonly dropout: RngStream;
  declare readonly carry: RngStream;

  /**
   * @throws ValueError for a seed that is none, TypeError if `default` is given twice.
   */
  constructor(seed?: RngSeed | Keys | SeedTable | null, streams: RngSeeds = {}) {
    super();
    let table: Iterable<readonly [string, RngSeed | Keys]> = [];
    if (isTable(seed)) table = seed instanceof Map ? seed : Object.entries(seed);
    else if (seed !== undefined && seed !== null) {
      if (Object.hasOwn(streams, 'default')) throw new TypeError("Rngs got multiple values for the stream 'default': give it once.");
      streams = { ...streams, default: seed as RngSeed };
    }
    for (const [name, start] of new Map([...table, ...Object.entries(streams)])) putStream(this, name, new RngStream(start, { tag: name }));
  }

  /**
   * The stream of a name, else the stream `default`.
   * @throws AttributeError if there is neither.
   */
  stream(name: string): RngStream {
    const found = ownStream(this, name) ?? (/^__.*__$/.test(name) ? undefined : ownStream(this, 'default'));
    if (found === undefined)
      throw new AttributeError(`No RngStream named '${name}' found in Rngs. It has: ${this.names().join(', ') || 'none'}. Give it a seed.`);
    return found;
  }

  /** The next key of the stream `default`: Flax's `rngs()`. @throws AttributeError if there is none. */
  next(): Key {
    return this.stream('default').next();
  }

  /** Whether a stream of this very name exists; the fallback does not count. */
  has(name: string): boolean {
    return ownStream(this, name) !== undefined;
  }

  /** The names of the streams, in the order they were given. */
  names(): string[] {
    return Object.keys(this).filter((name) => this.has(name));
  }

  /** The streams with their names. */
  entries(): [string, RngStream][] {
    return this.names().map((name) => [name, this.stream(name)]);
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.names()[Symbol.iterator]();
  }

  get size(): number {
    return this.names().length;
  }

  /** New Rngs in which every stream starts from the next key of its own. Advances every stream by one. */
  fork(): Rngs {
    const made = new RngsBase();
    for (const [name, stream] of this.entries()) putStream(made, name, stream.fork());
    return made;
  }

  /**
   * New Rngs in which streams are split into `n` keys, or keys of a shape; a table names streams by filter and what to
   * split them into (null: not at all), the first match winning. Splitting advances a stream by one. Streams that are not split
   * keep their key, and their count starts again, as in Flax (BUG-16).
   */
  split(splits: PerStream): Rngs {
    return mapStreams(this, splits, (stream, shape) => stream.split(shape));
  }

  /** As `split`, but every stream that is chosen repeats its next key in the shape. */
  broadcast(shapes: PerStream): Rngs {
    return mapStreams(this, shapes, (stream, shape) => stream.broadcast(shape));
  }
}

// The names that layers of Flax use: typed, and falling back to `default`, without a Proxy.
for (const name of ['default', 'params', 'dropout', 'carry'])
  Object.defineProperty(RngsBase.prototype, name, {
    configurable: true,
    get(this: RngsBase): RngStream {
      return this.stream(name);
    },
    set(this: RngsBase, stream: RngStream) {
      putStream(this, name, stream);
    },
  });

export type Rngs = RngsBase;

/** Gives the streams that were named at construction their types: `new Rngs({ noise: 1 }).noise()`. */
export const Rngs: {
  new (seed?: RngSeed | Keys | ReadonlyMap<string, RngSeed> | null): Rngs;
  new <Name extends string>(seed: RngSeed | Keys | null, streams: RngSeeds<Name>): Rngs & { readonly [N in Name]: RngStream };
  new <Name extends string>(seeds: RngSeeds<Name>, streams?: RngSeeds): Rngs & { readonly [N in Name]: RngStream };
  readonly prototype: Rngs;
  readonly typeName: string;
} = RngsBase as never;

// Functions rather than private methods: copies of an Rngs are made without its constructor, which private names refuse.
function ownStream(rngs: Rngs, name: string): RngStream | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(rngs, name)?.value;
  return value instanceof RngStream ? value : undefined;
}

function putStream(rngs: Rngs, name: string, stream: RngStream): void {
  // Also for names that the prototype has: a stream hides a method, as in Flax.
  Object.defineProperty(rngs, name, { value: stream, enumerable: true, writable: true, configurable: true });
}

/** A number of keys or their shape for all streams, or by filter; null leaves a stream alone. */
export type PerStream = KeyShape | ReadonlyMap<Filter, KeyShape | null> | Readonly<Record<string, KeyShape | null>>;

/** Which streams, and what to make of them; the first match counts. */
export function streamRules(given: PerStream): (readonly [FilterObject, KeyShape | null])[] {
  if (typeof given === 'number' || Array.isArray(given)) return [[toFilter(true), given as KeyShape]];
  const pairs = given instanceof Map ? [...given] : Object.entries(given);
  return pairs.map(([filter, shape]) => [toFilter(filter as Filter), shape as KeyShape | null]);
}

function mapStreams(rngs: Rngs, given: PerStream, f: (stream: RngStream, shape: KeyShape) => RngStream): Rngs {
  const rules = streamRules(given);
  const made = new RngsBase();
  for (const [name, stream] of rngs.entries()) {
    const shape = rules.find(([filter]) => filter.test([], stream))?.[1] ?? null;
    putStream(made, name, shape === null ? new RngStream(stream.key.value, { tag: name }) : f(stream, shape));
  }
  return made;
}

function isTable(value: unknown): value is SeedTable {
  return value instanceof Map || (isPlainContainer(value) && !Array.isArray(value));
}

function toKeys(seed: RngSeed | Keys): Keys {
  if (isKey(seed)) return seed;
  if (seed instanceof RngStream) return seed.key.value;
  if (typeof seed === 'boolean') return keyOf(Number(seed));
  if (typeof seed === 'number' && Number.isSafeInteger(seed)) return keyOf(seed);
  if (seed instanceof Uint32Array) return keyFromData(seed);
  if (Array.isArray(seed) && (seed as unknown[]).every((part) => isKey(part) || Array.isArray(part)))
    return seed.map((part: Keys) => toKeys(part));
  throw new ValueError(
    `Invalid rng value: ${typeof seed === 'number' || typeof seed === 'string' ? seed : typeNameOf(seed)}, expected an integer seed, ` +
      'a key, an array of keys or an RngStream.',
  );
}

/** Counts of 0 in the form of the keys. */
export function zeroCounts(keys: Keys): Counts {
  return isKey(keys) ? 0 : keys.map(zeroCounts);
}

/** `n` keys, or keys of a shape, row by row: `jax.random.split(key, shape)`. */
export function splitTo(key: Key, shape: KeyShape): Keys {
  return shaped(split(key, sizeOf(toShape(shape))), shape);
}

function toShape(shape: KeyShape): readonly number[] {
  return typeof shape === 'number' ? [shape] : shape;
}

/** Nests a flat array of keys row by row. */
function shaped(keys: readonly Key[], shape: KeyShape): Keys {
  const [n, ...rest] = toShape(shape);
  if (n === undefined) return keys[0]!;
  if (rest.length === 0) return keys;
  const step = keys.length / n;
  return Array.from({ length: n }, (_, i) => shaped(keys.slice(i * step, (i + 1) * step), rest));
}

function repeated(key: Key, [n, ...rest]: readonly number[]): Keys {
  return n === undefined ? key : Array.from({ length: n }, () => repeated(key, rest));
}
