/**
 * @file Records by id, such as the nodes of a class, changed by one copy that remembers what it was made from: so what is known of the record
 * before is known of the one after, but for the entries that were touched. Nothing is kept alive by it.
 */
import { own } from './find.ts';
import { numberIn } from './ids.ts';

interface Past {
  readonly record: WeakRef<object>;
  readonly touched: readonly string[];
}

type Entries<T> = Readonly<Record<string, T>>;

const pasts = new WeakMap<object, readonly Past[]>();
/** One edit takes several steps, of which only the last one is looked at. */
const MAX_STEPS = 8;
/** An edit that touches more is as good as another record. */
const MAX_TOUCHED = 64;

/** The record without some keys, and with these entries: in their places, or behind the others. The same record where nothing is changed. */
export function changeRecord<T>(record: Entries<T>, gone: Iterable<string>, entries: Entries<T> = {}): Entries<T> {
  const left = new Set<string>();
  for (const key of gone) if (Object.hasOwn(record, key)) left.add(key);
  const set = Object.keys(entries);
  for (const key of set) left.delete(key);
  if (left.size === 0 && set.every((key) => Object.hasOwn(record, key) && record[key] === entries[key])) return record;
  const copy: Record<string, T> = {};
  // Not by spreading: of ten thousand entries that takes twice as long.
  for (const key in record) if (!left.has(key)) put(copy, key, record[key]!);
  for (const key of set) put(copy, key, entries[key]!);
  remember(record, copy, [...left, ...set]);
  return copy;
}

/** The list with one item replaced, which has the id that the other had. */
export function changeItem<T extends { readonly id: string }>(items: readonly T[], at: number, item: T): readonly T[] {
  const changed = [...items];
  changed[at] = item;
  if (items[at]!.id === item.id) remember(items, changed, [item.id]);
  return changed;
}

/** An own key, whatever it is called. */
function put<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
  else record[key] = value;
}

function remember(before: object, after: object, touched: readonly string[]): void {
  if (touched.length > MAX_TOUCHED) return;
  const steps: Past[] = [{ record: new WeakRef(before), touched }];
  for (const { record, touched: earlier } of pasts.get(before) ?? []) {
    const all = [...new Set([...touched, ...earlier])];
    if (steps.length === MAX_STEPS || all.length > MAX_TOUCHED) break;
    steps.push({ record, touched: all });
  }
  pasts.set(after, steps);
}

/** The record itself, then those that it was made from, as far as they still exist, each with the keys that may have changed since. */
export function* pastOf<R extends object>(record: R): Generator<{ readonly record: R; readonly touched: readonly string[] }> {
  yield { record, touched: [] };
  for (const { record: reference, touched } of pasts.get(record) ?? []) {
    const before = reference.deref();
    if (before) yield { record: before as R, touched };
  }
}

/** What stood under keys before and does not now, and the other way round. */
export function differences<T>(
  before: Entries<T>,
  now: Entries<T>,
  keys: readonly string[],
): { readonly gone: readonly T[]; readonly come: readonly T[] } {
  const gone: T[] = [];
  const come: T[] = [];
  for (const key of keys) {
    const [was, is] = [own(before, key), own(now, key)];
    if (was === is) continue;
    if (was !== undefined) gone.push(was);
    if (is !== undefined) come.push(is);
  }
  return { gone, come };
}

/** The keys that may have changed from one record to another that was made from it; undefined where that is not known. */
export function touchedSince(before: object, now: object): readonly string[] | undefined {
  for (const { record, touched } of pastOf(now)) if (record === before) return touched;
  return undefined;
}

const largest = new WeakMap<object, Map<string, number>>();

/** As `nextId` among the keys of a record, without going through all of them after each edit. */
export function nextKey(prefix: string, record: Entries<unknown>): string {
  const number = largestKey(prefix, record);
  let known = largest.get(record);
  if (!known) largest.set(record, (known = new Map<string, number>()));
  known.set(prefix, number);
  return `${prefix}${number + 1}`;
}

function largestKey(prefix: string, record: Entries<unknown>): number {
  for (const { record: before, touched } of pastOf(record)) {
    const known = largest.get(before)?.get(prefix);
    // With the largest gone all are asked.
    if (known === undefined || touched.some((key) => numberIn(key, prefix) === known && !Object.hasOwn(record, key))) continue;
    return touched.reduce((most, key) => (Object.hasOwn(record, key) ? Math.max(most, numberIn(key, prefix)) : most), known);
  }
  let most = 0;
  for (const key in record) most = Math.max(most, numberIn(key, prefix));
  return most;
}

const listed = new WeakMap<object, readonly string[]>();

/** The keys of a record in its order, remembered: of ten thousand they take longer to list than most that is done with them. */
export function keysOf(record: Entries<unknown>): readonly string[] {
  let keys = listed.get(record);
  if (!keys) listed.set(record, (keys = keysFromBefore(record) ?? Object.keys(record)));
  return keys;
}

function keysFromBefore(record: Entries<unknown>): readonly string[] | undefined {
  for (const { record: before, touched } of pastOf(record)) {
    const keys = listed.get(before);
    if (!keys) continue;
    const gone = new Set(touched.filter((key) => Object.hasOwn(before, key)));
    const come = touched.filter((key) => Object.hasOwn(record, key));
    const isInBoth = come.some((key) => gone.has(key));
    // Over several steps it may have lost its place, and got one behind the others.
    if (isInBoth && touched !== pasts.get(record)?.[0]?.touched) return undefined;
    const kept =
      come.every((key) => gone.has(key)) && come.length === gone.size
        ? keys
        : keys.filter((key) => !gone.has(key) || Object.hasOwn(record, key));
    const added = come.filter((key) => !gone.has(key));
    return added.length === 0 ? kept : [...kept, ...added];
  }
  return undefined;
}
