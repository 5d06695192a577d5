/**
 * @file Values sent as what has changed since the last: between window and worker all is copied, and of a document of ten thousand nodes an edit
 * changes one. Both ends keep the last value; what did not change is the same object there from one value to the next.
 */

/** What makes one value of JSON from another. */
export type Delta =
  /** Another value in its place. */
  | { readonly is: unknown }
  /** A record: keys without, keys with another value or new; the order of all where that has changed. */
  | { readonly without: readonly string[]; readonly with: Readonly<Record<string, Delta>>; readonly order?: readonly string[] }
  /** A list: what follows what in it. */
  | { readonly items: readonly Item[] }
  /** The same. */
  | null;

/** So many items of the list before; one of them changed; or a new one. */
type Item = { readonly from: number; readonly count: number } | { readonly from: number; readonly by: Delta } | { readonly is: unknown };

const SAME: Delta = null;

/** What makes `after` from `before`. Both are JSON; identity saves the comparison. */
export function diff(before: unknown, after: unknown): Delta {
  if (Object.is(before, after)) return SAME;
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after);
  if (isRecord(before) && isRecord(after)) return diffRecords(before, after);
  return { is: after };
}

/** The value after; parts that did not change are those of `before`. */
export function patch(before: unknown, delta: Delta): unknown {
  if (delta === null) return before;
  if ('is' in delta) return delta.is;
  if ('items' in delta) return patchList(before as readonly unknown[], delta.items);
  const record: Record<string, unknown> = { ...(before as Readonly<Record<string, unknown>>) };
  for (const key of delta.without) delete record[key];
  for (const [key, change] of Object.entries(delta.with)) put(record, key, patch(own(before, key), change));
  if (!delta.order) return record;
  const ordered: Record<string, unknown> = {};
  for (const key of delta.order) put(ordered, key, record[key]);
  return ordered;
}

function diffRecords(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Delta {
  const [oldKeys, newKeys] = [Object.keys(before), Object.keys(after)];
  const without = oldKeys.filter((key) => !Object.hasOwn(after, key));
  const changed: Record<string, Delta> = {};
  let isSame = without.length === 0;
  for (const key of newKeys) {
    const change = Object.hasOwn(before, key) ? diff(before[key], after[key]) : { is: after[key] };
    if (change === SAME) continue;
    put(changed, key, change);
    isSame = false;
  }
  // What is left keeps its order, and what is new follows.
  const gone = new Set(without);
  const order = [...oldKeys.filter((key) => !gone.has(key)), ...newKeys.filter((key) => !Object.hasOwn(before, key))];
  const isOrdered = order.every((key, i) => key === newKeys[i]);
  if (isSame && isOrdered) return SAME;
  return { without, with: changed, ...(isOrdered ? {} : { order: newKeys }) };
}

function diffLists(before: readonly unknown[], after: readonly unknown[]): Delta {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && diff(before[start], after[start]) === SAME) start++;
  if (start === before.length && start === after.length) return SAME;
  // Behind an item that went or came all have moved: they are known again by what names them.
  const places = new Map<unknown, number>();
  if (before.length !== after.length) for (let i = start; i < before.length; i++) places.set(nameOf(before[i]) ?? i, i);
  const items: Item[] = start === 0 ? [] : [{ from: 0, count: start }];
  for (let i = start; i < after.length; i++) {
    const from = before.length === after.length ? i : places.get(nameOf(after[i]) ?? i);
    const by = from === undefined ? { is: after[i] } : diff(before[from], after[i]);
    const last = items.at(-1);
    if (from === undefined || (by !== null && 'is' in by)) items.push({ is: after[i] });
    else if (by !== null) items.push({ from, by });
    else if (last && 'count' in last && last.from + last.count === from)
      items[items.length - 1] = { from: last.from, count: last.count + 1 };
    else items.push({ from, count: 1 });
  }
  return { items };
}

function patchList(before: readonly unknown[], items: readonly Item[]): readonly unknown[] {
  return items.flatMap((item) => {
    if ('is' in item) return [item.is];
    if ('count' in item) return before.slice(item.from, item.from + item.count);
    return [patch(before[item.from], item.by)];
  });
}

/** What an item of a list is known by: the id of a member, the path of a Module. */
function nameOf(item: unknown): string | undefined {
  if (!isRecord(item)) return undefined;
  if (typeof item['id'] === 'string') return item['id'];
  return Array.isArray(item['path']) ? JSON.stringify(item['path']) : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Sets a key as what it is, `__proto__` as well. */
function put(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') record[key] = value;
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}
