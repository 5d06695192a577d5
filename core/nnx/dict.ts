/** @file A Module that is a mapping. Port of nnx.Dict: keys are attribute names. */
import { KeyError } from './errors.ts';
import { Module } from './module.ts';
import { typeNameOf } from './type-name.ts';

/** What a Dict can be made from. */
type Items<T> = Readonly<Record<string, T>> | Iterable<readonly [string, T]> | DictBase<T>;

/** A mapping from names to Modules, Variables or anything else; item and attribute are the same thing. */
class DictBase<T = unknown> extends Module implements Iterable<string> {
  static override readonly typeName: string = 'Dict';
  static override readonly recordsMethods: boolean = false;
  static override readonly plumbing: ReadonlySet<string> = new Set(['set', 'delete', 'has', 'entries', 'size']);

  /**
   * From an object, a Map, pairs or another Dict, and what `more` adds or replaces.
   * @throws TypeError for anything else, or if a key is not text.
   */
  constructor(mapping: Items<T> = {}, more: Readonly<Record<string, T>> = {}) {
    super();
    if (typeof mapping !== 'object' || mapping === null)
      throw new TypeError(`A Dict is made from an object, a Map, pairs or another Dict, got ${typeNameOf(mapping)}.`);
    const pairs = Symbol.iterator in mapping && !(mapping instanceof DictBase) ? mapping : Object.entries<T>(mapping as Record<string, T>);
    for (const pair of pairs as Iterable<readonly [string, T]>) {
      if (!Array.isArray(pair)) throw new TypeError(`A Dict is made from pairs of name and value, got ${typeNameOf(pair)}.`);
      put(this, pair[0], pair[1]);
    }
    for (const [key, value] of Object.entries(more)) put(this, key, value);
  }

  /** @throws KeyError if there is no such key. */
  get(key: string): T {
    if (!Object.hasOwn(this, key)) throw new KeyError(`'${key}' is not in the Dict. It has: ${Object.keys(this).join(', ') || 'nothing'}.`);
    return (this as unknown as Record<string, T>)[key]!;
  }

  /** @throws TypeError if the key is not text. */
  set(key: string, value: T): void {
    put(this, key, value);
  }

  /** @throws KeyError if there is no such key. */
  delete(key: string): void {
    if (!Object.hasOwn(this, key)) throw new KeyError(`'${key}' is not in the Dict.`);
    Reflect.deleteProperty(this, key);
  }

  /** Whether there is an item of this name; methods are none. */
  has(key: string): boolean {
    return Object.hasOwn(this, key);
  }

  /** The keys in the order they were put in; JavaScript lists those that look like positions first. Traversal sorts them. */
  keys(): string[] {
    return Object.keys(this);
  }

  entries(): [string, T][] {
    return Object.entries(this) as [string, T][];
  }

  get size(): number {
    return Object.keys(this).length;
  }

  [Symbol.iterator](): Iterator<string> {
    return Object.keys(this)[Symbol.iterator]();
  }
}

/** A Module that is a mapping; `new Dict({ a: linear })` can be read as `dict.a` and `dict.get('a')`. Port of nnx.Dict. */
export type Dict<T = unknown> = DictBase<T>;

export const Dict: {
  new <E extends Readonly<Record<string, unknown>>>(mapping: E): DictBase<E[keyof E]> & E;
  new <T = unknown>(mapping?: Items<T>, more?: Readonly<Record<string, T>>): DictBase<T>;
  readonly prototype: DictBase;
  readonly typeName: string;
} = DictBase as never;

// Defined, not assigned: a key may hide a method, as in Flax.
function put(dict: object, key: unknown, value: unknown): void {
  if (typeof key !== 'string')
    throw new TypeError(`attribute name must be string, not ${typeNameOf(key)}: keys of a Dict are texts. Use a List for positions.`);
  Object.defineProperty(dict, key, { value, enumerable: true, writable: true, configurable: true });
}
