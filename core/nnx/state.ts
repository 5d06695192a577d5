/** @file States: nested tables of Variables by path. Port of flax/nnx/statelib.py at 18f8f31. */
import { KeyError, ValueError } from './errors.ts';
import { visitTensors } from './ownership.ts';
import { comparePaths, compareParts, type Path, type PathPart, pathText } from './path.ts';
import { typeNameOf } from './type-name.ts';
import { valueText } from './value-text.ts';
import { Variable } from './variable.ts';

/** What a State may be built from: a State, a Map or a plain object, nested. */
export type StateLike = State<unknown> | ReadonlyMap<PathPart, unknown> | Readonly<Record<string, unknown>>;

/** The nested shapes that `toJSON` gives: a text such as `Param float32[2, 3]` for every leaf. */
export interface StateShapes {
  [part: string]: string | StateShapes;
}

/**
 * A nested table: path parts lead to Variables (or, for raw tensors in Modules, to those). 0 and '0' are different parts.
 * A State refers to its Variables; it owns them only if the function that returned it says so. Port of nnx.State.
 */
export class State<L = Variable> {
  readonly #entries = new Map<PathPart, L | State<L>>();

  /**
   * From nested States, Maps or plain objects; everything else in them is a leaf.
   * @throws TypeError if the source itself is something else.
   */
  constructor(source: StateLike = {}) {
    if (!isStateLike(source))
      throw new TypeError(`A State is made from a State, a Map or a plain object, got ${typeNameOf(source)}. Pairs go to State.fromFlat.`);
    const entries = source instanceof State || source instanceof Map ? source.entries() : Object.entries(source);
    for (const [part, value] of entries) this.#entries.set(part as PathPart, isStateLike(value) ? new State<L>(value) : (value as L));
  }

  /** A State from pairs of path and leaf, in their order; later pairs win. Port of nnx.from_flat_state. */
  static fromFlat<L>(pairs: Iterable<readonly [Path, L]>): State<L> {
    const state = new State<L>();
    for (const [path, leaf] of pairs) state.set(path, leaf);
    return state;
  }

  /**
   * What is at a path: a leaf, or the nested State below it.
   * @throws KeyError if there is nothing.
   */
  get(...path: Path): L | State<L> {
    const found = this.find(path);
    if (found === undefined) throw new KeyError(`No entry '${pathText(path)}' in this State. It has: ${this.#listText() || 'nothing'}.`);
    return found;
  }

  /** The leaf at a path. @throws KeyError if there is none. */
  leaf(...path: Path): L {
    const found = this.get(...path);
    if (found instanceof State) throw new KeyError(`'${pathText(path)}' is a nested State, not a leaf. Name one of: ${found.#listText()}.`);
    return found;
  }

  /** The nested State at a path. @throws KeyError if there is none. */
  sub(...path: Path): State<L> {
    const found = this.get(...path);
    if (!(found instanceof State)) throw new KeyError(`'${pathText(path)}' is a leaf (${typeNameOf(found)}), not a nested State.`);
    return found;
  }

  has(...path: Path): boolean {
    return this.find(path) !== undefined;
  }

  /** What is at a path, or undefined. */
  find(path: Path): L | State<L> | undefined {
    return State.#descend<L>(this, path);
  }

  static #descend<L>(start: State<L>, path: Path): L | State<L> | undefined {
    let current: L | State<L> | undefined = start;
    for (const part of path) {
      if (!(current instanceof State)) return undefined;
      current = (current as State<L>).#entries.get(part);
    }
    return current;
  }

  /**
   * Puts a leaf or a nested State at a path, making the States on the way; replaces what was there.
   * @throws ValueError if a leaf is in the way.
   */
  set(path: Path, value: L | State<L>): void {
    if (path.length === 0) throw new ValueError('A State needs at least one path part to put a value at.');
    State.#parentFor<L>(this, path).#entries.set(path.at(-1)!, value);
  }

  static #parentFor<L>(start: State<L>, path: Path): State<L> {
    let current = start;
    for (let i = 0; i < path.length - 1; i++) {
      const next = current.#entries.get(path[i]!);
      if (next instanceof State) current = next;
      else if (next === undefined) {
        const made = new State<L>();
        current.#entries.set(path[i]!, made);
        current = made;
      } else
        throw new ValueError(
          `Cannot put a value at '${pathText(path)}': there is a leaf (${typeNameOf(next)}) at '${pathText(path.slice(0, i + 1))}'. ` +
            'Rename one of the two.',
        );
    }
    return current;
  }

  /** Removes what is at a path; tells whether there was anything. */
  delete(...path: Path): boolean {
    const parent = this.find(path.slice(0, -1));
    return parent instanceof State && path.length > 0 && parent.#entries.delete(path.at(-1)!);
  }

  /** The number of entries at this level. */
  get size(): number {
    return this.#entries.size;
  }

  /** The parts of this level, in the order they were put in. */
  keys(): IterableIterator<PathPart> {
    return this.#entries.keys();
  }

  values(): IterableIterator<L | State<L>> {
    return this.#entries.values();
  }

  entries(): IterableIterator<[PathPart, L | State<L>]> {
    return this.#entries.entries();
  }

  [Symbol.iterator](): IterableIterator<[PathPart, L | State<L>]> {
    return this.entries();
  }

  /** Every leaf with its path, sorted by path: integers first, text by code point. Port of nnx.to_flat_state. */
  flat(): [Path, L][] {
    const pairs = this.#unsorted([], []);
    return pairs.sort((a, b) => comparePaths(a[0], b[0]));
  }

  #unsorted(path: Path, into: [Path, L][]): [Path, L][] {
    for (const [part, value] of this.#entries)
      if (value instanceof State) (value as State<L>).#unsorted([...path, part], into);
      else into.push([[...path, part], value]);
    return into;
  }

  /** A new State with `f(path, leaf)` in place of every leaf, called in sorted order, which is that of the new State. Port of nnx.map_state. */
  map<M>(f: (path: Path, leaf: L) => M): State<M> {
    return State.fromFlat(this.flat().map(([path, leaf]) => [path, f(path, leaf)] as const));
  }

  /** Whether both hold the same leaves (the same objects) at the same paths, whatever the order. */
  equals(other: State<unknown>): boolean {
    if (this.size !== other.size) return false;
    for (const [part, value] of this.#entries) {
      const counterpart = other.find([part]);
      const same = value instanceof State && counterpart instanceof State ? value.equals(counterpart) : value === counterpart;
      if (!same) return false;
    }
    return true;
  }

  /** The nested shapes, sorted, for people and logs. */
  toJSON(): StateShapes {
    const parts = [...this.#entries].sort((a, b) => compareParts(a[0], b[0]));
    return Object.fromEntries(
      parts.map(([part, value]) => [
        part,
        value instanceof State ? value.toJSON() : value instanceof Variable ? String(value) : valueText(value),
      ]),
    );
  }

  /** The same as an indented text, as Flax prints States: `State({ kernel: Param float32[2, 3] })`. */
  toString(): string {
    return `State(${JSON.stringify(this.toJSON(), null, 2).replaceAll('"', '')})`;
  }

  /**
   * Frees the tensors of every Variable in it, and raw tensors, those in arrays and plain objects too. For States that own them
   * (from `capture`, `grad` and `pop`), and for a Module's when it is no longer needed.
   */
  dispose(): void {
    for (const value of this.#entries.values())
      if (value instanceof State || value instanceof Variable) value.dispose();
      else visitTensors(value, (tensor) => tensor.dispose());
  }

  #listText(): string {
    return [...this.#entries.keys()].map(String).join(', ');
  }
}

/** Whether a value is a State or may be read as one: a Map or a plain object. */
export function isStateLike(value: unknown): value is StateLike {
  if (value instanceof State || value instanceof Map) return true;
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
