/** @file Conditions that pause a training, as the user writes them. Pure. */
import { parseQuery, resolveQuery } from '../../../core/document/index.ts';
import { type ModuleInfo, WATCHED_PARTS, WATCHES, type WatchedPart, type WatchSpec } from '../../../core/run/index.ts';

/** A condition, with the filter as it was written. */
export interface KeptWatch {
  readonly spec: WatchSpec;
  readonly filter: string;
}

export interface WrittenWatch {
  readonly part: WatchedPart;
  readonly type: string;
  readonly limit: number;
  /** Modules by filter; empty: all. */
  readonly filter: string;
}

type Read = { readonly ok: true; readonly watch: Omit<KeptWatch, 'spec'> & { readonly spec: Omit<WatchSpec, 'id'> } } | Refused;
interface Refused {
  readonly ok: false;
  readonly message: string;
}

export function watchOf({ part, type, limit, filter }: WrittenWatch, modules: readonly ModuleInfo[]): Read {
  const query = parseQuery(filter);
  if (!query.ok) return { ok: false, message: query.error.message };
  const only = resolveQuery(query.query, modules);
  return { ok: true, watch: { filter: filter.trim(), spec: { part, type, limit, only } } };
}

/** With a name that no other has. */
export function addWatch(
  watches: readonly KeptWatch[],
  { filter, spec }: Extract<Read, { readonly ok: true }>['watch'],
): readonly KeptWatch[] {
  const number = 1 + Math.max(0, ...watches.map((each) => Number(each.spec.id)));
  return [...watches, { filter, spec: { ...spec, id: String(number) } }];
}

/** `gradients of parameters of path:linear1: norm above 10`. */
export function describeWatch({ spec: { part, type, limit }, filter }: KeptWatch): string {
  const watch = WATCHES.find((each) => each.type === type);
  const where = part === 'loss' || filter === '' ? '' : ` of ${filter}`;
  return `${WATCHED_PARTS[part]}${where}: ${watch?.title ?? type}${watch?.start === null ? '' : ` ${limit}`}`;
}
