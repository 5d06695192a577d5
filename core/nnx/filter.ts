/** @file Filters choose Variables and Modules by type, tag, path or predicate. Port of flax/nnx/filterlib.py at 18f8f31. */
import { ValueError } from './errors.ts';
import { hasAttribute } from './pytree.ts';
import { type Path, type PathPart, pathTuple } from './path.ts';
import { type Class, className, isClass, typeNameOf } from './type-name.ts';
import { Variable } from './variable.ts';

/** Decides on a value by its path and itself. The path is only valid during the call: copy it to keep it. */
export type Predicate = (path: Path, value: unknown) => unknown;

/**
 * What chooses: a class (instances, subclasses included), a text (the tag), a predicate, `true` (everything),
 * `false` or `null` (nothing), an array (any of its members), or one of the filter objects below.
 */
export type Filter = Class | string | Predicate | boolean | null | readonly Filter[] | FilterObject;

/** A filter with a text form, comparable to others. */
export abstract class FilterObject {
  /** Whether the filter accepts a value at a path. */
  abstract test(path: Path, value: unknown): boolean;
  /** As Flax prints it. Filters with equal texts are equal unless they hold predicates or classes. */
  abstract toString(): string;
  /** Whether both choose by the same kind and the same contents. */
  abstract equals(other: unknown): boolean;
}

/** Accepts instances of a class, subclasses included. */
export class OfType extends FilterObject {
  constructor(readonly type: Class) {
    super();
  }
  test(_path: Path, value: unknown): boolean {
    return value instanceof this.type;
  }
  toString(): string {
    return `OfType(${className(this.type)})`;
  }
  equals(other: unknown): boolean {
    return other instanceof OfType && other.type === this.type;
  }
}

/** Accepts values whose `tag` is this text: Variables, streams, or any object with such an attribute. */
export class WithTag extends FilterObject {
  constructor(readonly tag: string) {
    super();
  }
  test(_path: Path, value: unknown): boolean {
    if (value instanceof Variable) return value.getMetadata('tag', undefined) === this.tag;
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
    return hasAttribute(value, 'tag') && (value as { tag?: unknown }).tag === this.tag;
  }
  toString(): string {
    return `WithTag('${this.tag}')`;
  }
  equals(other: unknown): boolean {
    return other instanceof WithTag && other.tag === this.tag;
  }
}

/** Accepts paths with a part equal to `key`, or, with `exact: false`, with a part whose text contains the key's. */
export class PathContains extends FilterObject {
  readonly exact: boolean;
  constructor(
    readonly key: PathPart,
    { exact = true }: { exact?: boolean } = {},
  ) {
    super();
    this.exact = exact;
  }
  test(path: Path, _value: unknown): boolean {
    if (this.exact) return path.includes(this.key);
    const text = String(this.key);
    return path.some((part) => String(part).includes(text));
  }
  toString(): string {
    const key = typeof this.key === 'number' ? this.key : `'${this.key}'`;
    return `PathContains(${key}, exact=${this.exact ? 'True' : 'False'})`;
  }
  equals(other: unknown): boolean {
    return other instanceof PathContains && other.key === this.key && other.exact === this.exact;
  }
}

/** Accepts exactly the given paths. `new PathIn([])` accepts the root. */
export class PathIn extends FilterObject {
  readonly paths: readonly Path[];
  readonly #known: ReadonlySet<string>;
  constructor(...paths: Path[]) {
    super();
    this.paths = paths;
    this.#known = new Set(paths.map(identity));
  }
  test(path: Path, _value: unknown): boolean {
    return this.#known.has(identity(path));
  }
  toString(): string {
    return `PathIn(${this.paths.map(pathTuple).join(',')})`;
  }
  equals(other: unknown): boolean {
    return other instanceof PathIn && other.#known.size === this.#known.size && [...this.#known].every((path) => other.#known.has(path));
  }
}

/** Accepts what any member accepts; with no members, nothing. */
export class Any extends FilterObject {
  readonly members: readonly FilterObject[];
  constructor(...filters: Filter[]) {
    super();
    this.members = filters.map(toFilter);
  }
  test(path: Path, value: unknown): boolean {
    return this.members.some((member) => member.test(path, value));
  }
  toString(): string {
    return `Any(${this.members.join(', ')})`;
  }
  equals(other: unknown): boolean {
    return other instanceof Any && sameMembers(this.members, other.members);
  }
}

/** Accepts what all members accept; with no members, everything. */
export class All extends FilterObject {
  readonly members: readonly FilterObject[];
  constructor(...filters: Filter[]) {
    super();
    this.members = filters.map(toFilter);
  }
  test(path: Path, value: unknown): boolean {
    return this.members.every((member) => member.test(path, value));
  }
  toString(): string {
    return `All(${this.members.join(', ')})`;
  }
  equals(other: unknown): boolean {
    return other instanceof All && sameMembers(this.members, other.members);
  }
}

/** Accepts what its member does not. */
export class Not extends FilterObject {
  readonly member: FilterObject;
  constructor(filter: Filter) {
    super();
    this.member = toFilter(filter);
  }
  test(path: Path, value: unknown): boolean {
    return !this.member.test(path, value);
  }
  toString(): string {
    return `Not(${String(this.member)})`;
  }
  equals(other: unknown): boolean {
    return other instanceof Not && this.member.equals(other.member);
  }
}

/** Accepts everything. */
export class Everything extends FilterObject {
  test(): boolean {
    return true;
  }
  toString(): string {
    return 'Everything()';
  }
  equals(other: unknown): boolean {
    return other instanceof Everything;
  }
}

/** Accepts nothing. */
export class Nothing extends FilterObject {
  test(): boolean {
    return false;
  }
  toString(): string {
    return 'Nothing()';
  }
  equals(other: unknown): boolean {
    return other instanceof Nothing;
  }
}

/** A predicate in the company of other filters. */
class Satisfies extends FilterObject {
  constructor(readonly predicate: Predicate) {
    super();
  }
  test(path: Path, value: unknown): boolean {
    return Boolean(this.predicate(path, value));
  }
  toString(): string {
    return this.predicate.name || 'predicate';
  }
  equals(other: unknown): boolean {
    return other instanceof Satisfies && other.predicate === this.predicate;
  }
}

/**
 * The filter object that a filter stands for.
 * @throws TypeError if it is none: numbers, `undefined`, objects of other types.
 */
export function toFilter(filter: Filter): FilterObject {
  if (filter instanceof FilterObject) return filter;
  if (typeof filter === 'string') return new WithTag(filter);
  if (isClass(filter)) return new OfType(filter);
  if (typeof filter === 'boolean') return filter ? new Everything() : new Nothing();
  if (filter === null) return new Nothing();
  if (typeof filter === 'function') return new Satisfies(filter as Predicate);
  if (Array.isArray(filter)) return new Any(...(filter as readonly Filter[]));
  throw new TypeError(
    `Invalid collection filter: ${typeof filter === 'object' ? typeNameOf(filter) : String(filter)}. ` +
      'Give a class, a tag, a predicate (path, value) => boolean, true, false, null or an array of these.',
  );
}

/** The predicate that a filter stands for. Port of nnx.filterlib.to_predicate. */
export function toPredicate(filter: Filter): (path: Path, value: unknown) => boolean {
  const object = toFilter(filter);
  return (path, value) => object.test(path, value);
}

/**
 * Filters that divide values among them, the first match winning.
 * @throws ValueError if one that accepts everything stands before one that does not.
 */
export function toDividingFilters(filters: readonly Filter[]): FilterObject[] {
  filters.forEach((filter, i) => {
    if (filter === true && filters.slice(i + 1).some((later) => later !== true))
      throw new ValueError(`\`...\` or \`True\` can only be used as the last filters, got true at index ${i}. Put it last.`);
  });
  return filters.map(toFilter);
}

// 0 and '0' are different parts, and a part may contain any character.
function identity(path: Path): string {
  return JSON.stringify(path);
}

function sameMembers(a: readonly FilterObject[], b: readonly FilterObject[]): boolean {
  return a.length === b.length && a.every((member, i) => member.equals(b[i]));
}
