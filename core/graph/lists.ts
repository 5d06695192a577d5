/** @file Lists by key, and the few that have become others since: what an index is after an edit, without going through all of it. */

export type ListsByKey<T> = Pick<ReadonlyMap<string, readonly T[]>, 'get'>;

/** Copied with every edit. */
const MAX_CHANGED = 256;

export class Lists<T> implements ListsByKey<T> {
  private readonly base: ReadonlyMap<string, readonly T[]>;
  private readonly changed: ReadonlyMap<string, readonly T[]>;

  private constructor(base: ReadonlyMap<string, readonly T[]>, changed: ReadonlyMap<string, readonly T[]>) {
    this.base = base;
    this.changed = changed;
  }

  /** Each list in the order of `compare`. */
  static of<T>(items: Iterable<readonly [key: string, item: T]>, compare: (a: T, b: T) => number): Lists<T> {
    const lists = new Map<string, T[]>();
    for (const [key, item] of items) {
      const list = lists.get(key);
      if (list) list.push(item);
      else lists.set(key, [item]);
    }
    for (const list of lists.values()) if (list.length > 1) list.sort(compare);
    return new Lists(lists, new Map());
  }

  get(key: string): readonly T[] | undefined {
    return this.changed.size === 0 ? this.base.get(key) : (this.changed.get(key) ?? this.base.get(key));
  }

  /** With items gone and others come; undefined where so many lists are changed that all are better made anew. */
  after(
    gone: Iterable<readonly [key: string, item: T]>,
    come: Iterable<readonly [key: string, item: T]>,
    compare: (a: T, b: T) => number,
  ): Lists<T> | undefined {
    const changed = new Map(this.changed);
    const listOf = (key: string): readonly T[] => changed.get(key) ?? this.base.get(key) ?? [];
    for (const [key, item] of gone) changed.set(key, without(listOf(key), item));
    for (const [key, item] of come) changed.set(key, [...listOf(key), item].sort(compare));
    return changed.size > MAX_CHANGED ? undefined : new Lists(this.base, changed);
  }
}

function without<T>(list: readonly T[], item: T): readonly T[] {
  return list.filter((each) => each !== item);
}
