/** @file Functions of immutable objects, computed once per object. */

/** Remembers results for as long as their argument lives. */
export function memoByIdentity<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) {
      entry = { value: compute(key) };
      known.set(key, entry);
    }
    return entry.value;
  };
}

/** Remembers the last result, for the same arguments. */
export function memoLast<A extends readonly unknown[], V>(compute: (...args: A) => V): (...args: A) => V {
  let last: { readonly args: A; readonly value: V } | undefined;
  return (...args) => {
    if (!last || args.some((each, i) => each !== last!.args[i])) last = { args, value: compute(...args) };
    return last.value;
  };
}
