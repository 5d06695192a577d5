/** @file A Module that is a list. Port of nnx.List: elements are attributes named by their positions. */
import { IndexError, ValueError } from './errors.ts';
import { Module } from './module.ts';
import { typeNameOf } from './type-name.ts';

/**
 * A list of Modules, Variables or anything else that traversal finds: `this.blocks = new List(blocks)`. Paths have integer
 * parts, `('blocks', 0)`. `list[i]` reads and replaces as in an array; the other changes are methods. Deleting moves the
 * later elements down and leaves nothing behind (BUG-11). Port of nnx.List.
 */
export class List<T = Module> extends Module implements Iterable<T> {
  static override readonly typeName: string = 'List';
  static override readonly positions: boolean = true;
  static override readonly recordsMethods: boolean = false;
  static override readonly plumbing: ReadonlySet<string> = new Set(['length', 'get', 'set', 'slice', 'setSlice', 'delete', 'includes']);
  [position: number]: T;
  /** Flax's own static attribute: the number of elements. Read `length`. */
  _length: number;

  constructor(elements: Iterable<T> | null = null) {
    super();
    this._length = 0;
    if (elements !== null) this.extend(elements);
  }

  get length(): number {
    return this._length;
  }

  /** The element at a position; negative ones count from the end. @throws IndexError outside the list. */
  get(position: number): T {
    return this[resolve(this, position)]!;
  }

  /** Replaces the element at a position. @throws IndexError outside the list. */
  set(position: number, element: T): void {
    this[resolve(this, position)] = element;
  }

  /** The elements from `start` to before `end`, as a plain array. */
  slice(start?: number, end?: number): T[] {
    return [...this].slice(start, end);
  }

  /** Replaces as many elements as are given, from `start` to before `end`. @throws ValueError if the numbers differ. */
  setSlice(start: number, end: number, given: Iterable<T>): void {
    const positions = Array.from(this, (_, i) => i).slice(start, end);
    const elements = [...given];
    if (positions.length !== elements.length)
      throw new ValueError(`Length mismatch: ${positions.length} positions, but ${elements.length} elements. A slice keeps its length.`);
    positions.forEach((position, i) => (this[position] = elements[i]!));
  }

  /** Puts an element at the end. */
  append(element: T): void {
    this[this._length] = element;
    this._length++;
  }

  /** Appends the elements in their order; a List may be extended by itself. */
  extend(elements: Iterable<T>): void {
    const given = [...elements];
    for (const element of given) this.append(element);
  }

  /** Puts an element before a position; the later ones move up. Positions outside the list mean its ends. */
  insert(position: number, element: T): void {
    replaceAll(this, [...this].toSpliced(position, 0, element));
  }

  /** Removes and returns the element at a position, by default the last. @throws IndexError outside the list. */
  pop(position = -1): T {
    const index = resolve(this, position);
    const element = this[index]!;
    replaceAll(this, [...this].toSpliced(index, 1));
    return element;
  }

  /** Removes the element at a position. @throws IndexError outside the list. */
  delete(position: number): void {
    this.pop(position);
  }

  /** Removes the first occurrence of an element. @throws ValueError if there is none. */
  remove(element: T): void {
    this.pop(this.index(element));
  }

  reverse(): void {
    replaceAll(this, [...this].toReversed());
  }

  clear(): void {
    replaceAll(this, []);
  }

  /** The first position of an element. @throws ValueError if there is none. */
  index(element: T): number {
    const position = [...this].indexOf(element);
    if (position < 0) throw new ValueError(`${typeNameOf(element)} is not in the List. Elements are compared by identity.`);
    return position;
  }

  includes(element: T): boolean {
    return [...this].includes(element);
  }

  *[Symbol.iterator](): Generator<T> {
    for (let i = 0; i < this._length; i++) yield this[i]!;
  }
}

function resolve(list: List<unknown>, position: number): number {
  if (!Number.isInteger(position)) throw new TypeError(`Invalid index type: ${typeNameOf(position)} ${String(position)}. Use an integer.`);
  const index = position < 0 ? position + list.length : position;
  if (index < 0 || index >= list.length) throw new IndexError(`Index out of bounds: ${position} in a List of ${list.length}.`);
  return index;
}

function replaceAll<T>(list: List<T>, elements: readonly T[]): void {
  for (let i = elements.length; i < list._length; i++) Reflect.deleteProperty(list, i);
  elements.forEach((element, i) => (list[i] = element));
  list._length = elements.length;
}
